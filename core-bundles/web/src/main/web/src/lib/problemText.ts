import type { TFunction } from 'i18next'
import { Problem } from './problem'

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
