import type { Termination, Workload } from '@docksnap/contract';

/** How something moves over time: `at` gives its value `minutesAgo` the fleet's present. */
export type Curve = (minutesAgo: number) => number;

export interface FleetContainer {
  readonly namespace: string;
  readonly workload: Workload;
  readonly pod: string;
  readonly name: string;
  readonly image: string;
  readonly labels?: Record<string, string>;
  readonly cores: Curve;
  readonly workingSetMebi: Curve;
  /** Share of the periods in which the limit held it back. */
  readonly throttled?: number;
  readonly request?: { readonly cores?: number; readonly mebi?: number };
  readonly limit?: { readonly cores?: number; readonly mebi?: number };
  readonly restarts?: number;
  readonly waiting?: string;
  readonly lastTermination?: Omit<Termination, 'finishedAtMs'> & { readonly minutesAgo: number };
  /** Minutes ago of each start, oldest first; default: before all samples. */
  readonly starts?: readonly number[];
}

export interface FleetNode {
  readonly name: string;
  readonly cores: number;
  readonly gibi: number;
  /** How long ago it fell silent, in minutes; 0 while it reports. */
  readonly silentMinutes: number;
  readonly containers: readonly FleetContainer[];
}

/** Numbers that look random and are the same each time (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A level with slow waves and noise around it. */
export function around(level: number, seed: number, unrest = 0.15): Curve {
  const next = random(seed);
  const [phase, other] = [next() * 6.3, next() * 6.3];
  return (minutesAgo) => {
    const waves = Math.sin(minutesAgo / 9 + phase) + 0.5 * Math.sin(minutesAgo / 2.3 + other);
    const noise = random(Math.round(seed * 7919 + minutesAgo * 60))() - 0.5;
    return level * Math.max(0.02, 1 + unrest * (0.6 * waves + noise));
  };
}

/** Grows steadily from each start on. */
export function growing(from: number, perMinute: number, starts: readonly number[]): Curve {
  return (minutesAgo) => {
    const start = starts.findLast((one) => one >= minutesAgo) ?? starts[0] ?? 0;
    return from + Math.max(0, start - minutesAgo) * perMinute;
  };
}
