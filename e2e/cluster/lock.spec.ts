import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { LockedError, withLock } from './lock.ts';

const name = `test-${String(process.pid)}`;

/** A process that holds the lock until it is killed. */
async function holder(): Promise<ReturnType<typeof spawn>> {
  const script = `import { withLock } from ${JSON.stringify(join(import.meta.dirname, 'lock.ts'))};
    await withLock(${JSON.stringify(name)}, { timeoutMs: 0 }, async () => { console.log('held'); await new Promise((resolve) => setTimeout(resolve, 60_000)); });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('withLock', () => {
  it('names the process that holds it, and is free as soon as that one is killed', async () => {
    const child = await holder();
    try {
      const attempt = withLock(name, { timeoutMs: 0 }, () => Promise.resolve('mine'));
      await expect(attempt).rejects.toThrow(LockedError);
      await expect(attempt).rejects.toThrow(String(child.pid));
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    expect(await withLock(name, { timeoutMs: 0 }, () => Promise.resolve('mine'))).toBe('mine');
  });

  it('lets one after the other work, also after one failed', async () => {
    await expect(withLock(name, { timeoutMs: 0 }, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    const waited: string[] = [];
    const slow = withLock(name, { timeoutMs: 0 }, () => new Promise((resolve) => setTimeout(resolve, 50)));
    const onWait = (owner: string): void => void waited.push(owner);
    await withLock(name, { timeoutMs: 5_000, onWait }, () => Promise.resolve());
    await slow;
    expect(waited).toEqual([String(process.pid)]);
  });
});
