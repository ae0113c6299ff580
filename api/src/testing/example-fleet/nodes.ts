import { crashing, hostile, leaking, plain, throttled } from './containers.ts';
import type { FleetNode } from './fleet.ts';

const system = (seed: number) => [
  plain({ path: 'kube-system/node-proxy', kind: 'DaemonSet', cores: 0.03, mebi: 42, seed }),
  plain({ path: 'docksnap/docksnap-agent', kind: 'DaemonSet', cores: 0.006, mebi: 38, seed: seed + 1 }),
];

/** Six machines: a leak, a container held back by its limit, a crash loop, hostile names, and a silent node. */
export const exampleNodes: readonly FleetNode[] = [
  {
    name: 'general-1',
    cores: 16,
    gibi: 64,
    silentMinutes: 0,
    containers: [
      leaking,
      plain({ path: 'checkout/cart', cores: 0.78, mebi: 3200, seed: 12 }),
      plain({ path: 'edge/gateway', cores: 1.76, mebi: 4300, seed: 13 }),
      plain({ path: 'identity/keycloak', kind: 'StatefulSet', cores: 0.91, mebi: 7400, seed: 14 }),
      plain({ path: 'media/thumbnailer', cores: 1.39, mebi: 9600, seed: 15 }),
      plain({ path: 'payments/webhooks', cores: 0.49, mebi: 2100, seed: 16 }),
      plain({ path: 'search/query', kind: 'StatefulSet', cores: 0.66, mebi: 14_200, seed: 17 }),
      plain({ path: 'checkout/worker', cores: 0.3, mebi: 640, seed: 18 }),
      plain({ path: 'shop/web', cores: 0.24, mebi: 380, seed: 19 }),
      plain({ path: 'shop/assets', cores: 0.08, mebi: 120, seed: 20 }),
      plain({ path: 'observability/collector', cores: 0.14, mebi: 510, seed: 21 }),
      plain({ path: 'payments/ledger-reader', cores: 0.14, mebi: 330, seed: 22 }),
      ...system(101),
    ],
  },
  {
    name: 'general-2',
    cores: 16,
    gibi: 64,
    silentMinutes: 0,
    containers: [
      crashing,
      plain({ path: 'checkout/cart', cores: 0.74, mebi: 3150, seed: 32 }),
      plain({ path: 'edge/gateway', cores: 1.9, mebi: 4200, seed: 33 }),
      plain({ path: 'shop/web', cores: 0.22, mebi: 390, seed: 34 }),
      hostile,
      ...system(103),
    ],
  },
  {
    name: 'general-3',
    cores: 16,
    gibi: 64,
    silentMinutes: 0,
    containers: [
      throttled,
      plain({ path: 'media/thumbnailer', cores: 1.5, mebi: 9100, seed: 52 }),
      plain({ path: 'identity/keycloak', kind: 'StatefulSet', cores: 0.8, mebi: 7100, seed: 53 }),
      plain({ path: 'shop/web', cores: 0.25, mebi: 385, seed: 54 }),
      ...system(105),
    ],
  },
  {
    name: 'memory-1',
    cores: 16,
    gibi: 128,
    silentMinutes: 0,
    containers: [
      plain({ path: 'search/indexer', kind: 'StatefulSet', cores: 3.4, mebi: 58_000, seed: 61 }),
      plain({ path: 'search/query', kind: 'StatefulSet', cores: 0.9, mebi: 52_000, seed: 62 }),
      ...system(107),
    ],
  },
  {
    name: 'edge-1',
    cores: 8,
    gibi: 16,
    silentMinutes: 0,
    containers: [plain({ path: 'edge/gateway', cores: 1.6, mebi: 4100, seed: 71 }), ...system(109)],
  },
  {
    name: 'batch-1',
    cores: 32,
    gibi: 128,
    silentMinutes: 14,
    containers: [
      plain({ path: 'analytics/report-builder', kind: 'Job', cores: 21, mebi: 40_000, seed: 81 }),
      ...system(111),
    ],
  },
];
