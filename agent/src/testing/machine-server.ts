import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { objectOf, objectsOf, timeOf } from '../json.ts';

const file = path.join(import.meta.dirname, '../../testdata/machine.json.gz');

/** Pages of a real cAdvisor and a real Docker engine by their paths. */
export const machinePages = objectOf(JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')));

const samplesPath = '/api/v2.0/stats';

/** The recorded samples of a cgroup, oldest first. */
export function recordedSamples(cgroup: string): readonly ReturnType<typeof objectOf>[] {
  return objectsOf(objectOf(machinePages[samplesPath + cgroup])[cgroup]);
}

const times = recordedSamples('/').map(({ timestamp }) => timeOf(timestamp) ?? 0);

/** Unix ms of the first and the last sample of the machine itself. */
export const recordedMs = { first: times[0] ?? 0, last: times.at(-1) ?? 0 };

export interface MachineServer {
  /** Both cAdvisor and the engine answer here. */
  readonly url: URL;
  /** The moment that pages are of: samples after it have not been taken yet. Unix ms. */
  nowMs: number;
  /** Answers in place of the recorded pages: the first whose path begins so. */
  readonly answers: Map<string, (response: ServerResponse) => void>;
  readonly requests: string[];
  close(): Promise<void>;
}

/** Serves the recorded pages, as if the recording went on: at each moment the newest samples up to it. */
export async function startMachine(socketPath?: string): Promise<MachineServer> {
  const answers = new Map<string, (response: ServerResponse) => void>();
  const requests: string[] = [];
  const state = { nowMs: recordedMs.last };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://machine');
    const asked = decodeURIComponent(url.pathname);
    requests.push(`${request.method ?? ''} ${asked}`);
    const other = [...answers].find(([start]) => asked.startsWith(start));
    if (other !== undefined) {
      other[1](response);
      return;
    }
    const page = machinePages[asked];
    if (page === undefined) response.writeHead(404).end();
    else response.end(JSON.stringify(asked.startsWith(samplesPath) ? newest(page, url, state.nowMs) : page));
  });
  const address = await listen(server, socketPath);
  return {
    url: new URL(address),
    get nowMs() {
      return state.nowMs;
    },
    set nowMs(nowMs: number) {
      state.nowMs = nowMs;
    },
    answers,
    requests,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function listen(server: Server, socketPath: string | undefined): Promise<string> {
  if (socketPath === undefined) server.listen(0, '127.0.0.1');
  else server.listen(socketPath);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : 'http://engine';
}

function newest(page: unknown, url: URL, nowMs: number): unknown {
  const count = Number(url.searchParams.get('count'));
  const cut = Object.entries(objectOf(page)).map(([cgroup, samples]) => [
    cgroup,
    objectsOf(samples)
      .filter(({ timestamp }) => (timeOf(timestamp) ?? 0) <= nowMs)
      .slice(-count),
  ]);
  return Object.fromEntries(cut);
}
