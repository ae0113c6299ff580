import type { Termination } from '@docksnap/contract';
import { objectOf, integerOf, textOf } from '../json.ts';
import { endReason } from './engine-container.ts';

/** What is known of a container from its events alone. */
export interface Heard {
  /** Its last end. */
  readonly termination: Termination | undefined;
  /** The kernel killed in it since its last start. */
  readonly oomKilled: boolean;
}

const nothing: Heard = { termination: undefined, oomKilled: false };

/** Containers that events are remembered of: those that are gone are forgotten by the engine's list. */
const most = 8192;

/** Takes events: which containers must be inspected anew, and how they ended, which the engine forgets at a start. */
export class EngineEvents {
  readonly #heard = new Map<string, Heard>();
  readonly #changed = new Set<string>();
  /** Unix seconds of the newest event. */
  #lastSeconds = 0;

  get lastSeconds(): number {
    return this.#lastSeconds;
  }

  /** One line of the stream. What is no event of a container is passed over. */
  take(line: string): void {
    const event = parsed(line);
    const actor = objectOf(event['Actor']);
    const [id, action, seconds] = [textOf(actor['ID'], 64), textOf(event['Action']), integerOf(event['time'])];
    if (id === undefined || action === undefined || seconds === undefined) return;
    this.#lastSeconds = Math.max(this.#lastSeconds, seconds);
    if (this.#changed.size < most) this.#changed.add(id);
    const before = this.#heard.get(id) ?? nothing;
    const after = heardAfter(before, action, seconds * 1000, objectOf(actor['Attributes'])['exitCode']);
    if (after !== before && (this.#heard.has(id) || this.#heard.size < most)) this.#heard.set(id, after);
  }

  /** Containers with events since the last call. */
  takeChanged(): ReadonlySet<string> {
    const changed = new Set(this.#changed);
    this.#changed.clear();
    return changed;
  }

  of(id: string): Heard {
    return this.#heard.get(id) ?? nothing;
  }

  /** Forgets all but these. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of this.#heard.keys()) if (!ids.has(id)) this.#heard.delete(id);
  }
}

function parsed(line: string): ReturnType<typeof objectOf> {
  try {
    return objectOf(JSON.parse(line));
  } catch {
    return {};
  }
}

function heardAfter(before: Heard, action: string, atMs: number, exitText: unknown): Heard {
  if (action === 'oom') return { ...before, oomKilled: true };
  if (action === 'start') return before.oomKilled ? { ...before, oomKilled: false } : before;
  if (action !== 'die') return before;
  const exitCode = /^\d{1,3}$/.test(textOf(exitText) ?? '') ? Number(exitText) : undefined;
  if (exitCode === undefined) return before;
  return { ...before, termination: { reason: endReason(before.oomKilled, exitCode), exitCode, finishedAtMs: atMs } };
}
