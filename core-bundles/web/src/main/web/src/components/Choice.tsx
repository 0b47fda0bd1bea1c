import { useId } from 'react'
import type { Choice as Option } from '../lib/places'

interface Props {
  name: string
  label: string
  options: Option[]
  value: string
  onChange: (value: string) => void
  placeholder?: string
  wrong?: string | undefined
  required?: boolean
  autoComplete?: string
}

/** One of many, by its name. */
export function Choice({ name, label, options, value, onChange, placeholder, wrong, required, autoComplete }: Props) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">{label}</label>
      <select id={id} name={name} className="input" required={required} autoComplete={autoComplete} value={value} onChange={(event) => onChange(event.target.value)}
        aria-invalid={wrong ? true : undefined} aria-describedby={wrong ? id + 'e' : undefined}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map(([code, label]) => <option key={code} value={code}>{label}</option>)}
      </select>
      {wrong && <p id={id + 'e'} className="mt-1 text-sm text-bad">{wrong}</p>}
    </div>
  )
}
