import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const backend = process.env.MARKETPLACE_URL ?? 'http://127.0.0.1:8181'

export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: {
    outDir: process.env.WEB_OUT ?? '../../../target/classes/web',
    emptyOutDir: true,
    manifest: true,
    // The policy of the pages has no data: addresses for fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': backend, '/solutions': backend, '/problems': backend, '/docs': backend } },
  // A machine that stands still for some seconds is no fault of what is tested.
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], testTimeout: 60_000, hookTimeout: 60_000 },
})
