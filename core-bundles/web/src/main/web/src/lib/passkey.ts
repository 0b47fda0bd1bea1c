/** Whether this browser has passkeys and speaks their JSON (WebAuthn level 3). */
export const passkeysHere = (): boolean =>
  typeof window.PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in window.PublicKeyCredential

type Json = Record<string, unknown>
const inner = (options: Json) => (options.publicKey ?? options) as unknown

/** Throws a DOMException when the person declines. */
export async function askPasskey(options: Json): Promise<Json> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(inner(options) as PublicKeyCredentialRequestOptionsJSON)
  return json(await navigator.credentials.get({ publicKey }))
}

export async function makePasskey(options: Json): Promise<Json> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(inner(options) as PublicKeyCredentialCreationOptionsJSON)
  return json(await navigator.credentials.create({ publicKey }))
}

function json(credential: Credential | null): Json {
  if (!(credential instanceof PublicKeyCredential)) throw new DOMException('no credential', 'NotAllowedError')
  return credential.toJSON() as Json
}

export const declined = (error: unknown): boolean => error instanceof DOMException && error.name === 'NotAllowedError'
