import type { Conflict } from '../kube/writes.ts';

/** So many repairs against one manager within this time are no accident. */
const manyRepairs = 5;
const windowMs = 600_000;
/** While a fight goes on, fields are taken back this often and no more, so that two programs make no storm. */
const pauseMs = 60_000;

/** Another field manager that changes the same fields again and again. */
export interface Fight extends Conflict {
  /** How long to leave its changes alone; 0: take the fields back now. */
  readonly waitMs: number;
}

interface Repairs {
  readonly fields: readonly string[];
  readonly atMs: readonly number[];
}

/** Remembers, per monitor, from whom fields had to be taken back. */
export class Fights {
  readonly #repairs = new Map<string, Map<string, Repairs>>();

  /** Fields were taken back from somebody. */
  add(monitorKey: string, { manager, fields }: Conflict, nowMs: number): void {
    const ofMonitor = this.#repairs.get(monitorKey) ?? new Map<string, Repairs>();
    const recent = (ofMonitor.get(manager)?.atMs ?? []).filter((atMs) => nowMs - atMs < windowMs);
    ofMonitor.set(manager, { fields, atMs: [...recent, nowMs].slice(-manyRepairs) });
    this.#repairs.set(monitorKey, ofMonitor);
  }

  /** The fight that goes on, if any: fields were taken back from one manager five times within ten minutes. */
  of(monitorKey: string, nowMs: number): Fight | undefined {
    for (const [manager, { fields, atMs }] of this.#repairs.get(monitorKey) ?? []) {
      const [first = 0, last = 0] = [atMs[0], atMs.at(-1)];
      if (atMs.length < manyRepairs || nowMs - first >= windowMs) continue;
      return { manager, fields, waitMs: Math.max(0, last + pauseMs - nowMs) };
    }
    return undefined;
  }

  forget(monitorKey: string): void {
    this.#repairs.delete(monitorKey);
  }
}
