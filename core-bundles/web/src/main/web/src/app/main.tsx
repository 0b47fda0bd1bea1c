import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startLanguages } from '../lib/i18n'
import { startTheme } from '../lib/theme'
import { queryClient } from './queryClient'
import { router } from './router'
import './styles.css'

startTheme()
await startLanguages()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
