import { Agent } from 'node:http';
import type { JsonPlace } from '../source/get-json.ts';
import { getJson } from '../source/get-json.ts';

/**
 * A cAdvisor's REST API, by GET alone: v2.0 for containers, since it says by `has_…` which numbers it has; v1.3 for the
 * machine (github.com/google/cadvisor, docs/api.md and docs/api_v2.md). Answers are JSON that nobody looked into.
 */
export class CadvisorClient {
  readonly #place: JsonPlace;
  readonly #base: string;

  constructor(url: URL) {
    this.#base = url.pathname.replace(/\/$/, '');
    this.#place = {
      to: { hostname: url.hostname.replace(/^\[|\]$/g, ''), port: url.port || 80 },
      agent: new Agent({ keepAlive: true, maxSockets: 4 }),
      name: `cAdvisor at ${url.host}`,
      unreachable: 'CadvisorUnreachable',
      invalid: 'CadvisorPageInvalid',
    };
  }

  /** Every cgroup's specification by its path. */
  specs(signal: AbortSignal): Promise<unknown> {
    return this.#get('/api/v2.0/spec/?type=name&recursive=true', signal);
  }

  /** The newest samples of a cgroup, by its path: an object of one array. */
  samples(path: string, count: number, signal: AbortSignal): Promise<unknown> {
    const place = path.toWellFormed().split('/').map(encodeURIComponent).join('/');
    return this.#get(`/api/v2.0/stats${place}?type=name&count=${count}`, signal);
  }

  machine(signal: AbortSignal): Promise<unknown> {
    return this.#get('/api/v1.3/machine', signal);
  }

  /** The rows of ps for every process that cAdvisor sees: an array. */
  processes(signal: AbortSignal): Promise<unknown> {
    return this.#get('/api/v2.0/ps/?type=name', signal);
  }

  /** Versions of the kernel and the system. */
  attributes(signal: AbortSignal): Promise<unknown> {
    return this.#get('/api/v2.0/attributes', signal);
  }

  close(): void {
    this.#place.agent.destroy();
  }

  #get(path: string, signal: AbortSignal): Promise<unknown> {
    return getJson(this.#place, this.#base + path, signal);
  }
}
