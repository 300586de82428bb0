// Which path shows which screen; every room's code arrives only when it is entered.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate, Outlet } from '@tanstack/react-router'
import { useMe } from '@/platform/session'
import { Button } from '@mantine/core'
import { m } from '@/platform/i18n'
import { Empty, Loading } from '@/platform/ui/parts'
import { homeOf } from './rooms'
import { Shell } from './Shell'

function Home() {
  const home = homeOf(useMe())
  return home ? <Navigate to={home} replace /> : <Empty title={m.app_no_room()}>{m.app_no_room_text()}</Empty>
}

function Crash() {
  return (
    <Empty title={m.app_crash_title()}>
      <p>{m.app_crash_text()}</p>
      <Button mt="md" onClick={() => location.reload()}>
        {m.app_reload()}
      </Button>
    </Empty>
  )
}

function NotFound() {
  return (
    <Empty title={m.app_not_found()}>
      <a href="/">{m.app_home()}</a>
    </Empty>
  )
}

const root = createRootRoute({ component: Outlet, errorComponent: Crash, notFoundComponent: NotFound })

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  component: lazyRouteComponent(() => import('./LoginPage'), 'LoginPage'),
})
const queue = createRoute({
  getParentRoute: () => root,
  path: '/queue',
  component: lazyRouteComponent(() => import('@/features/queue/QueueScreen'), 'QueueScreen'),
})
const station = createRoute({ getParentRoute: () => root, id: 'station', component: Shell })

const inStation = [
  createRoute({ getParentRoute: () => station, path: '/', component: Home }),
  createRoute({
    getParentRoute: () => station,
    path: '/reception',
    component: lazyRouteComponent(() => import('@/features/reception/ReceptionPage'), 'ReceptionPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/patients/$patientId',
    component: lazyRouteComponent(() => import('@/features/reception/PatientPage'), 'PatientPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/nurse',
    component: lazyRouteComponent(() => import('@/features/visit/NursePage'), 'NursePage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/nurse/$visitId',
    component: lazyRouteComponent(() => import('@/features/visit/NursePage'), 'NursePage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/doctor',
    component: lazyRouteComponent(() => import('@/features/visit/DoctorListPage'), 'DoctorListPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/doctor/$visitId',
    component: lazyRouteComponent(() => import('@/features/visit/VisitPage'), 'VisitPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/lab',
    component: lazyRouteComponent(() => import('@/features/lab/LabPage'), 'LabPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/lab/$orderId',
    component: lazyRouteComponent(() => import('@/features/lab/LabPage'), 'LabPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/pharmacy',
    component: lazyRouteComponent(() => import('@/features/pharmacy/PharmacyPage'), 'PharmacyPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/pharmacy/stock',
    component: lazyRouteComponent(() => import('@/features/pharmacy/StockPage'), 'StockPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/pharmacy/$visitId',
    component: lazyRouteComponent(() => import('@/features/pharmacy/PharmacyPage'), 'PharmacyPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/cashier',
    component: lazyRouteComponent(() => import('@/features/billing/CashierPage'), 'CashierPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/cashier/$visitId',
    component: lazyRouteComponent(() => import('@/features/billing/CashierPage'), 'CashierPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/claims',
    component: lazyRouteComponent(() => import('@/features/insurance/ClaimsPage'), 'ClaimsPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/claims/$visitId',
    component: lazyRouteComponent(() => import('@/features/insurance/ClaimsPage'), 'ClaimsPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/users',
    component: lazyRouteComponent(() => import('@/features/users/UsersPage'), 'UsersPage'),
  }),
  createRoute({
    getParentRoute: () => station,
    path: '/audit',
    component: lazyRouteComponent(() => import('@/features/audit/AuditPage'), 'AuditPage'),
  }),
]

export const router = createRouter({
  routeTree: root.addChildren([login, queue, station.addChildren(inStation)]),
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  defaultErrorComponent: Crash,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
