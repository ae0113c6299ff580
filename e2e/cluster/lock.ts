import { createConnection, createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What {@link withLock} does while another process holds the lock. */
export interface LockOptions {
  /** It gives up after this. */
  readonly timeoutMs: number;
  /** Called once, with the owner's process number, when it has to wait. */
  readonly onWait?: (owner: string) => void;
}

/** Another process holds the lock, and went on to hold it. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
}

const RETRY_MS = 500;

/**
 * Does `work` while no other process of this machine holds the lock `name`. The lock is a listening socket in the
 * kernel's abstract namespace: it vanishes with its owner, so a killed one leaves nothing to clean.
 * @throws {LockedError} when the owner still holds it after `timeoutMs`.
 */
export async function withLock<T>(name: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const path = `\0docksnap/${name}`;
  const deadline = Date.now() + options.timeoutMs;
  let announced = false;
  let held = await take(path);
  while (held === undefined) {
    const owner = await ownerOf(path);
    if (Date.now() >= deadline)
      throw new LockedError(`process ${owner} is at the same work (${name}): wait for it or end it, then try again`);
    if (!announced) options.onWait?.(owner);
    announced = true;
    await sleep(RETRY_MS);
    held = await take(path);
  }
  try {
    return await work();
  } finally {
    held.close();
  }
}

/** The lock, or undefined when another process has it. */
async function take(path: string): Promise<Server | undefined> {
  const server = createServer((asking) => asking.on('error', () => undefined).end(String(process.pid)));
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

async function ownerOf(path: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const asking = createConnection(path);
    asking.setTimeout(RETRY_MS, () => asking.destroy());
    asking.on('data', (chunk: Buffer) => (text += chunk.toString()));
    asking.on('error', () => undefined);
    asking.on('close', () => {
      resolve(text === '' ? '(unknown)' : text);
    });
  });
}
