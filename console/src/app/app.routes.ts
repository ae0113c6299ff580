import type { Routes } from '@angular/router';
import { loggedIn } from './api/logged-in.ts';

export const routes: Routes = [
  { path: 'login', title: 'Log in', loadComponent: async () => (await import('./login/login-page.ts')).LoginPage },
  {
    path: '',
    canActivate: [loggedIn],
    loadComponent: async () => (await import('./shell/shell.ts')).Shell,
    children: [
      {
        path: '',
        pathMatch: 'full',
        title: 'Fleet',
        loadComponent: async () => (await import('./fleet/fleet-page.ts')).FleetPage,
      },
      { path: 'nodes', redirectTo: '', pathMatch: 'full' },
      {
        path: 'nodes/:id',
        title: 'Node',
        loadComponent: async () => (await import('./node/node-page.ts')).NodePage,
      },
      {
        path: 'containers',
        title: 'Containers',
        loadComponent: async () => (await import('./containers/containers-page.ts')).ContainersPage,
      },
      {
        path: 'containers/:id',
        title: 'Container',
        loadComponent: async () => (await import('./container/container-page.ts')).ContainerPage,
      },
      {
        path: 'workloads',
        title: 'Workloads',
        loadComponent: async () => (await import('./workloads/workloads-page.ts')).WorkloadsPage,
      },
      {
        path: 'workloads/:namespace/:kind/:name',
        title: 'Workload',
        loadComponent: async () => (await import('./workload/workload-page.ts')).WorkloadPage,
      },
      { path: 'namespaces', redirectTo: 'workloads', pathMatch: 'full' },
      {
        path: 'namespaces/:name',
        title: 'Namespace',
        loadComponent: async () => (await import('./workload/namespace-page.ts')).NamespacePage,
      },
      {
        path: 'events',
        title: 'Events',
        loadComponent: async () => (await import('./events/events-page.ts')).EventsPage,
      },
      {
        path: 'compare',
        title: 'Compare',
        loadComponent: async () => (await import('./compare/compare-page.ts')).ComparePage,
      },
      {
        path: 'time-machine',
        title: 'Time machine',
        loadComponent: async () => (await import('./time-machine/time-machine-page.ts')).TimeMachinePage,
      },
      {
        path: 'machines',
        title: 'Machines',
        loadComponent: async () => (await import('./machines/machines-page.ts')).MachinesPage,
      },
      {
        path: 'settings',
        title: 'Settings',
        loadComponent: async () => (await import('./settings/settings-page.ts')).SettingsPage,
      },
      {
        path: 'about',
        title: 'About',
        loadComponent: async () => (await import('./about/about-page.ts')).AboutPage,
      },
      {
        path: '**',
        title: 'Not found',
        loadComponent: async () => (await import('./shell/not-found-page.ts')).NotFoundPage,
      },
    ],
  },
];
