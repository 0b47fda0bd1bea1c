const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const SHAPE = /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z][A-Z][0-9A-Z]$/

/** As people type it, with spaces and small letters, to as it is written. */
export const gstinOf = (typed: string) => typed.replaceAll(/\s/g, '').toUpperCase()

/** Whether it can be a GSTIN: its shape and its check character. Whether it is registered only the tax office knows. */
export function soundGstin(gstin: string): boolean {
  if (!SHAPE.test(gstin)) return false
  const sum = [...gstin.slice(0, 14)].reduce((total, character, at) => {
    const product = ALPHABET.indexOf(character) * (at % 2 === 0 ? 1 : 2)
    return total + Math.floor(product / 36) + (product % 36)
  }, 0)
  return ALPHABET[(36 - (sum % 36)) % 36] === gstin[14]
}
