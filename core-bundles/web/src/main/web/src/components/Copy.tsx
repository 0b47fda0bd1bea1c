import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './Icon'

/** A secret or an address with a button that copies it. */
export function Copy({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const shown = useRef<HTMLParagraphElement>(null)
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      // No clipboard where there is no TLS: what is selected can be copied by hand.
      if (shown.current) window.getSelection()?.selectAllChildren(shown.current)
    }
  }
  return (
    <div className="space-y-2">
      <p ref={shown} className="secret" aria-label={label} role="group" data-testid="secret">{text}</p>
      <button type="button" className="button button-small" onClick={() => void copy()}>
        <Icon name={copied ? 'check' : 'copy'} className="size-4" />
        {copied ? t('Copied') : t('Copy')}
      </button>
      <span role="status" className="sr-only">{copied ? t('Copied') : ''}</span>
    </div>
  )
}
