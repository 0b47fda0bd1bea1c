import type { FormEvent, InputHTMLAttributes, ReactNode } from 'react'
import { createContext, useContext, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../lib/problem'
import { ProblemNotice } from './Notice'

type Values = Record<string, string>
const Trouble = createContext<{ error: unknown; busy: boolean }>({ error: null, busy: false })

export interface FormProps {
  /** Gets the fields by name; what it throws is shown. */
  onSubmit: (values: Values, form: HTMLFormElement) => Promise<unknown>
  children: ReactNode
  className?: string
  label?: string
}

export function Form({ onSubmit, children, className = 'space-y-4', label }: FormProps) {
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (busy) return
    const form = event.currentTarget
    const values: Values = {}
    new FormData(form).forEach((value, name) => {
      values[name] = typeof value === 'string' ? value : ''
    })
    setBusy(true)
    setError(null)
    try {
      await onSubmit(values, form)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Trouble.Provider value={{ error, busy }}>
      <form onSubmit={submit} className={className} aria-label={label}>
        {error !== null && <ProblemNotice error={error} />}
        {children}
      </form>
    </Trouble.Provider>
  )
}

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  name: string
  label: string
  hint?: ReactNode
  /** What is wrong with it, if the page knows by itself. */
  wrong?: string | undefined
}

export function Field({ label, hint, name, wrong: known, ...input }: FieldProps) {
  const id = useId()
  const { error } = useContext(Trouble)
  const wrong = known ?? (error instanceof Problem ? error.fields.get(name) : undefined)
  const notes = [hint ? id + 'h' : '', wrong ? id + 'e' : ''].filter(Boolean).join(' ') || undefined
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">{label}</label>
      <input id={id} name={name} className="input" aria-invalid={wrong ? true : undefined} aria-describedby={notes} {...input} />
      {hint && <p id={id + 'h'} className="mt-1 text-xs text-quiet">{hint}</p>}
      {wrong && <p id={id + 'e'} className="mt-1 text-sm text-bad">{wrong}</p>}
    </div>
  )
}

export function Password({ label, hint, fresh = false, name = 'password' }: { label?: string; hint?: string; fresh?: boolean; name?: string }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  return (
    <div>
      <Field name={name} label={label ?? t('Password')} type={shown ? 'text' : 'password'} required maxLength={200}
        autoComplete={fresh ? 'new-password' : 'current-password'} minLength={fresh ? 10 : undefined}
        hint={fresh ? (hint ?? t('At least 10 characters. A short sentence is good; a common password is refused.')) : hint} />
      <label className="mt-2 inline-flex min-h-6 items-center gap-2 text-xs text-quiet">
        <input type="checkbox" className="size-4 accent-(--accent)" checked={shown} onChange={(event) => setShown(event.target.checked)} />
        {t('Show the password')}
      </label>
    </div>
  )
}

export function Submit({ children, className = 'w-full', kind = 'button-primary' }: { children: ReactNode; className?: string; kind?: string }) {
  const { busy } = useContext(Trouble)
  const { t } = useTranslation()
  return (
    <button type="submit" disabled={busy} className={`button ${kind} ${className}`}>
      {busy ? t('One moment…') : children}
    </button>
  )
}
