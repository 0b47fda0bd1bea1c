import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import type { RouteComponent } from '@tanstack/react-router'
import '../lib/landing'
import { Failed, Layout, NotFound } from './Layout'

const root = createRootRoute({ component: Layout, notFoundComponent: NotFound, errorComponent: Failed })

/** One page, fetched when somebody goes there. The server knows the same addresses: routes.json, compared by a test. */
function page<P extends string>(path: P, load: () => Promise<{ default: RouteComponent }>) {
  return createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(load),
    validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
  })
}

export const pages = [
  page('/', () => import('../features/catalogue/CataloguePage')),
  page('/catalogue/$id', () => import('../features/catalogue/SolutionPage')),
  page('/register', () => import('../features/join/RegisterPage')),
  page('/upgrade', () => import('../features/payments/UpgradePage')),
  page('/pay/$id', () => import('../features/payments/PayPage')),
  page('/sign-up/confirm', () => import('../features/join/ConfirmPage')),
  page('/sign-in', () => import('../features/join/SignInPage')),
  page('/sign-in/code', () => import('../features/join/SecondFactorPage')),
  page('/welcome', () => import('../features/join/WelcomePage')),
  page('/password/forgot', () => import('../features/join/ForgotPage')),
  page('/password/reset', () => import('../features/join/ResetPage')),
  page('/setup', () => import('../features/join/SetupPage')),
  page('/dashboard', () => import('../features/dashboard/DashboardPage')),
  page('/account/keys', () => import('../features/keys/KeysPage')),
  page('/account/security', () => import('../features/security/SecurityPage')),
  page('/account/profile', () => import('../features/profile/ProfilePage')),
  page('/account/payments', () => import('../features/payments/HistoryPage')),
  page('/admin/users', () => import('../features/admin/UsersPage')),
  page('/admin/users/$id', () => import('../features/admin/UserPage')),
  page('/admin/tiers', () => import('../features/admin/TiersPage')),
  page('/admin/payments', () => import('../features/admin/PaymentsPage')),
  page('/admin/payments/$id', () => import('../features/admin/PaymentPage')),
  page('/admin/gateways', () => import('../features/admin/GatewaysPage')),
]

export const router = createRouter({ routeTree: root.addChildren(pages), defaultPreload: 'intent', scrollRestoration: true })
