import { useTranslation } from 'react-i18next'
import { encode } from 'uqr'

/** Drawn here, since the address holds a secret that no other server may see. Always dark on white: scanners want that. */
export function QrCode({ text }: { text: string }) {
  const { t } = useTranslation()
  const { data, size } = encode(text, { border: 2 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('QR code for the authenticator app')} className="size-48 rounded-control" shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
