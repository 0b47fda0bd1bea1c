import type { TFunction } from 'i18next'
import { Problem } from './problem'

/** Why a trip to another service ended: the code is all the server tells. */
export function providerText(code: string, linking: boolean, t: TFunction): string {
  if (code === 'provider-unavailable') return t('The other service does not answer. Try again later or sign in another way.')
  if (code === 'conflict') {
    return linking
      ? t('It could not be linked: it opens another account here, or yours is linked to another one of that service already.')
      : t('The other service does not vouch for your address, or it belongs to another account here. Sign in another way; you can link it afterwards.')
  }
  if (linking) return t('Linking did not work. Try again.')
  return t('Signing in with the other account did not work. Try again, or sign in another way.')
}

/** What to tell a person. Codes the page knows are told in the page's language, others in the server's words. */
export function problemText(error: unknown, t: TFunction): string {
  if (!(error instanceof Problem)) return t('Something went wrong on this page. Reload it and try again.')
  switch (error.code) {
    case 'unreachable':
      return t('The marketplace cannot be reached. Check your connection and try again.')
    case 'sign-in-refused':
      return t('That did not match. Check what you typed and try again.')
    case 'code-invalid':
      return t('This code is wrong, used or expired. Ask for a new one.')
    case 'too-many-requests':
      return t('Too many attempts. Wait a little, then try again.')
    case 'provider-unavailable':
      return t('The other service does not answer. Try again later or sign in another way.')
    case 'store-unavailable':
      return t('The marketplace is busy at the moment. Try again shortly.')
    case 'internal':
      return t('Something went wrong on our side. Try again; if it stays, tell us the number below.')
    case 'invalid-field':
      return t('Some of this is not acceptable. See the notes beside the fields.')
    default:
      return error.message || t('This was refused.')
  }
}
