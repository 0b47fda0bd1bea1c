import type { components } from '../api/schema'

export type ProblemBody = components['schemas']['Problem']

/** A refusal of the server, or that it could not be reached (status 0). */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly fields: ReadonlyMap<string, string>
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, body: Partial<ProblemBody> | undefined, retryAfter?: string | null) {
    super(body?.detail ?? '')
    this.status = status
    this.code = body?.code ?? (status === 0 ? 'unreachable' : 'internal')
    this.fields = new Map((body?.errors ?? []).map((error) => [error.field, error.message]))
    this.requestId = body?.instance
    const seconds = Number(retryAfter)
    this.retryAfterSeconds = retryAfter && Number.isFinite(seconds) ? seconds : undefined
  }

  get signedOut(): boolean {
    return this.status === 401 && (this.code === 'credentials-missing' || this.code === 'credentials-invalid')
  }
}

type Answer<T> = { data?: T; error?: unknown; response: Response }

/** The answer's body, or the refusal thrown as a {@link Problem}. */
export async function ask<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>
  try {
    answer = await call
  } catch {
    throw new Problem(0, undefined)
  }
  if (!answer.response.ok) {
    const body = typeof answer.error === 'object' && answer.error ? answer.error : undefined
    throw new Problem(answer.response.status, body, answer.response.headers.get('Retry-After'))
  }
  return answer.data as T
}
