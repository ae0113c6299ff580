import { around, growing, type FleetContainer } from './fleet.ts';

interface Plain {
  readonly path: string;
  readonly kind?: string;
  readonly cores: number;
  readonly mebi: number;
  readonly seed: number;
}

/** A container that troubles nobody, with request and limit about its use. `path`: namespace/workload. */
export function plain({ path, kind = 'Deployment', cores, mebi, seed }: Plain): FleetContainer {
  const [namespace = '', name = ''] = path.split('/');
  return {
    namespace,
    workload: { kind, name },
    pod: `${name}-${(seed * 7_654_321).toString(36).slice(0, 5)}`,
    name,
    image: `registry.example/${namespace}/${name}:1.${seed % 9}.0`,
    labels: { app: name, tier: seed % 2 === 0 ? 'front' : 'back' },
    cores: around(cores, seed),
    workingSetMebi: around(mebi, seed + 500, 0.03),
    request: { cores: Math.round(cores * 130) / 100, mebi: Math.round(mebi * 1.2) },
    limit: { cores: Math.ceil(cores * 25) / 10, mebi: Math.ceil(mebi / 64) * 128 },
  };
}

const leakStarts = [136, 72, 8];

/** Its memory grows until it is killed, again and again. */
export const leaking: FleetContainer = {
  ...plain({ path: 'checkout/api', cores: 0.85, mebi: 560, seed: 11 }),
  workingSetMebi: growing(340, 10.5, leakStarts),
  request: { cores: 0.5, mebi: 512 },
  limit: { cores: 2, mebi: 1024 },
  restarts: 2,
  starts: leakStarts,
  lastTermination: { reason: 'OOMKilled', exitCode: 137, minutesAgo: 8.1 },
};

/** Its limit holds it back. */
export const throttled: FleetContainer = {
  ...plain({ path: 'media/encoder', cores: 0.48, mebi: 210, seed: 23 }),
  cores: around(0.49, 23, 0.02),
  throttled: 0.38,
  request: { cores: 0.25, mebi: 256 },
  limit: { cores: 0.5, mebi: 512 },
};

/** It ends as soon as it has started. */
export const crashing: FleetContainer = {
  ...plain({ path: 'payments/ledger-writer', cores: 0.02, mebi: 24, seed: 31 }),
  waiting: 'CrashLoopBackOff',
  restarts: 7,
  starts: [38, 37, 35, 32, 27, 20, 10.5, 2.5],
  lastTermination: { reason: 'Error', exitCode: 1, minutesAgo: 2.2 },
};

/** What an attacker, or a careless template, would write: all of it must be shown as text. */
export const hostile: FleetContainer = {
  ...plain({ path: 'sandbox/hostile', cores: 0.05, mebi: 40, seed: 41 }),
  image: '"><img src=x onerror=alert(1)>:latest',
  labels: {
    app: '<script>alert(1)</script>',
    formula: '=HYPERLINK("http://example.com","click")',
    direction: '\u202Egnp.exe',
    long: 'x'.repeat(4000),
  },
};
