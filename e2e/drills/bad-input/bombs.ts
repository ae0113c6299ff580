import { readFile } from 'node:fs/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { limits, pushMediaType } from '@docksnap/contract';

const mebibyte = 1024 * 1024;
const askMs = 30_000;

export interface Bomb {
  readonly name: string;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Bodies that are small on the way and would be large, or deep, in memory. */
export function bombs(): readonly Bomb[] {
  const zeros = new Uint8Array(512 * mebibyte);
  const json = { 'content-type': 'application/json' };
  const text = (body: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(body);
  const deep = 100_000;
  return [
    { name: 'gzip', body: new Uint8Array(gzipSync(zeros)), headers: { ...json, 'content-encoding': 'gzip' } },
    { name: 'zstd', body: new Uint8Array(zstdCompressSync(zeros)), headers: { ...json, 'content-encoding': 'zstd' } },
    {
      name: 'more than a push may be',
      body: new Uint8Array(limits.pushBytes + 1),
      headers: { 'content-type': pushMediaType },
    },
    { name: 'lists in lists', body: text('['.repeat(deep) + ']'.repeat(deep)), headers: json },
    { name: 'objects in objects', body: text('{"a":'.repeat(deep) + '1' + '}'.repeat(deep)), headers: json },
  ];
}

/** What became of a bomb: a status, or `closed` when the API ended the connection before all of it had come. */
export interface Outcome {
  readonly status: number | 'closed';
  readonly tookMs: number;
}

export async function throwBomb(origin: string, token: string, bomb: Bomb): Promise<Outcome> {
  const beganMs = performance.now();
  const answer = fetch(`${origin}/api/v1/blocks`, {
    method: 'POST',
    signal: AbortSignal.timeout(askMs),
    headers: { ...bomb.headers, authorization: `Bearer ${token}` },
    body: bomb.body,
  });
  const status = await answer.then(statusOf, closed);
  return { status, tookMs: performance.now() - beganMs };
}

async function statusOf(answer: Response): Promise<number> {
  await answer.arrayBuffer();
  return answer.status;
}

/** A body that is refused by its length alone is not read to its end: writing the rest of it fails. */
function closed(error: unknown): 'closed' {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && /EPIPE|ECONNRESET|other side closed/.test(cause.message)) return 'closed';
  throw error;
}

/** The memory of a process, in bytes (proc_pid_status(5)). */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) * 1024;
}
