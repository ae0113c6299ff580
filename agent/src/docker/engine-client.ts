import { Agent, type IncomingMessage } from 'node:http';
import type { JsonPlace } from '../source/get-json.ts';
import { get, getJson } from '../source/get-json.ts';
import { ReadError, readError } from '../source/read-error.ts';

/** The kinds of events that change what is told of a container. */
const events = ['create', 'start', 'die', 'oom', 'rename', 'update', 'destroy', 'pause', 'unpause', 'health_status'];

const filters = encodeURIComponent(JSON.stringify({ type: ['container'], event: events }));

/**
 * All that is ever asked of the engine, each by GET: its socket is as good as root, so nothing else leaves this file
 * (docs.docker.com/reference/api/engine, version 1.41).
 */
const allowed: readonly RegExp[] = [
  /^\/containers\/json\?all=true$/,
  /^\/containers\/[0-9a-f]{64}\/json$/,
  /^\/events\?since=\d+&filters=[A-Za-z0-9%._-]+$/,
];

/** @throws ReadError for what the agent must never ask. */
export function checkedPath(path: string): string {
  if (allowed.some((each) => each.test(path))) return path;
  throw new ReadError('EnginePageInvalid', `the agent does not ask the Docker engine for ${path}`);
}

export interface EngineClientOptions {
  /** Its unix socket. */
  readonly socketPath: string;
}

/** A Docker engine, read by three kinds of GET. Answers are JSON that nobody looked into. */
export class EngineClient {
  readonly #place: JsonPlace;

  constructor({ socketPath }: EngineClientOptions) {
    this.#place = {
      to: { socketPath },
      agent: new Agent({ keepAlive: true, maxSockets: 4 }),
      name: `the Docker engine at ${socketPath}`,
      unreachable: 'EngineUnreachable',
      invalid: 'EnginePageInvalid',
    };
  }

  list(signal: AbortSignal): Promise<unknown> {
    return getJson(this.#place, checkedPath('/containers/json?all=true'), signal);
  }

  /** @param id 64 hex digits */
  inspect(id: string, signal: AbortSignal): Promise<unknown> {
    return getJson(this.#place, checkedPath(`/containers/${id}/json`), signal);
  }

  /** The stream of events from that second on, a JSON object on each line; it goes on until the signal aborts. */
  async events(sinceSeconds: number, signal: AbortSignal): Promise<IncomingMessage> {
    const path = checkedPath(`/events?since=${sinceSeconds}&filters=${filters}`);
    try {
      const response = await get(this.#place, path, signal);
      if (response.statusCode === 200) return response;
      response.resume();
      const status = response.statusCode ?? 0;
      throw new ReadError('EnginePageInvalid', `${this.#place.name} answered /events with status ${status}`, {
        status,
      });
    } catch (error) {
      throw readError('EngineUnreachable', `the events of ${this.#place.name}`, error);
    }
  }

  close(): void {
    this.#place.agent.destroy();
  }
}
