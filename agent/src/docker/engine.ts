import { setTimeout as sleep } from 'node:timers/promises';
import { objectsOf, textOf } from '../json.ts';
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Problems } from '../problems.ts';
import { ReadError } from '../source/read-error.ts';
import { lineBytes } from '../exposition/lines.ts';
import type { EngineClient } from './engine-client.ts';
import type { EngineContainer } from './engine-container.ts';
import { engineContainerOf } from './engine-container.ts';
import { EngineEvents } from './engine-events.ts';

const part = 'docker engine';
/** Containers inspected in one read: the rest have their turn at the next. */
const inspectionsPerRead = 200;
const reconnectMs = 5000;

export interface EngineParts {
  readonly client: EngineClient;
  readonly problems: Problems;
  readonly log: Log;
  readonly wallMs: () => number;
}

/**
 * The engine's containers, those included that ended. Each is inspected when it is new, when its state in the list
 * changes, and when an event names it.
 */
export class Engine {
  readonly #parts: EngineParts;
  readonly #events = new EngineEvents();
  readonly #stop = new AbortController();
  readonly #known = new Map<string, { readonly listedAs: string; readonly container: EngineContainer | undefined }>();
  readonly #changed = new Set<string>();
  #listening: Promise<void> | undefined;

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  /** Undefined when the engine cannot be asked: a problem says why. */
  async containers(signal: AbortSignal): Promise<readonly EngineContainer[] | undefined> {
    const { client, problems } = this.#parts;
    this.#listening ??= this.#listen();
    try {
      const listed = objectsOf(await client.list(signal));
      const byId = new Map(listed.map((each) => [textOf(each['Id'], 64) ?? '', textOf(each['State']) ?? '']));
      this.#forgetOthers(byId);
      await this.#inspectChanged(byId, signal);
      problems.clear(part);
      return [...this.#known.values()].flatMap(({ container }) =>
        container === undefined ? [] : this.#told(container),
      );
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      problems.set(part, error.reason, error.message);
      return undefined;
    }
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#parts.client.close();
    await this.#listening;
  }

  #told(container: EngineContainer): EngineContainer {
    return { ...container, termination: container.termination ?? this.#events.of(container.id).termination };
  }

  #forgetOthers(byId: ReadonlyMap<string, string>): void {
    for (const id of this.#known.keys()) if (!byId.has(id)) this.#known.delete(id);
    for (const id of this.#changed) if (!byId.has(id)) this.#changed.delete(id);
    this.#events.keep(new Set(byId.keys()));
  }

  async #inspectChanged(byId: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    for (const id of this.#events.takeChanged()) if (byId.has(id)) this.#changed.add(id);
    const due = [...byId].filter(([id, state]) => this.#known.get(id)?.listedAs !== state || this.#changed.has(id));
    for (const [id, state] of due.slice(0, inspectionsPerRead)) {
      if (!/^[0-9a-f]{64}$/.test(id)) continue;
      // Before it is asked: an event from now on counts for the next read.
      this.#changed.delete(id);
      try {
        this.#known.set(id, {
          listedAs: state,
          container: engineContainerOf(await this.#parts.client.inspect(id, signal)),
        });
      } catch (error) {
        // It was removed in this moment, or the list is late: the next read knows.
        if (!(error instanceof ReadError) || error.status !== 404) throw error;
      }
    }
  }

  /** Follows events until close; what was missed while the connection was down is asked for again. */
  async #listen(): Promise<void> {
    const { client, log, wallMs } = this.#parts;
    const { signal } = this.#stop;
    const startedSeconds = Math.floor(wallMs() / 1000);
    while (!signal.aborted) {
      try {
        const stream = await client.events(Math.max(this.#events.lastSeconds, startedSeconds), signal);
        await this.#follow(stream);
      } catch (error) {
        log.debug('the events of the Docker engine broke off', { error: messageOf(error) });
      }
      await sleep(reconnectMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #follow(stream: AsyncIterable<unknown>): Promise<void> {
    let carry = '';
    for await (const chunk of stream) {
      const lines = (carry + String(chunk)).split('\n');
      carry = lines.pop() ?? '';
      for (const line of lines) this.#events.take(line);
      // An event takes a few hundred bytes, or some KiB of labels: more is no event.
      if (carry.length > lineBytes) carry = '';
    }
  }
}
