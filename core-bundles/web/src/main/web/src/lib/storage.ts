/** Browser storage that may be blocked: then nothing is remembered, and nothing breaks. */
export function stored(key: string, area: 'localStorage' | 'sessionStorage' = 'localStorage'): string | null {
  try {
    return window[area].getItem(key)
  } catch {
    return null
  }
}

export function store(key: string, value: string | null, area: 'localStorage' | 'sessionStorage' = 'localStorage'): void {
  try {
    if (value === null) window[area].removeItem(key)
    else window[area].setItem(key, value)
  } catch {
    // remembered by nobody
  }
}
