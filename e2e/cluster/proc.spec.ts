import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { childrenOf, identify, isRunning } from './proc.ts';

describe('the identity of a process', () => {
  it('holds while it runs, and not after', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const identity = identify(child.pid ?? 0);
    expect(identity?.pid).toBe(child.pid);
    expect(identity !== undefined && isRunning(identity)).toBe(true);
    expect(childrenOf(process.pid)).toContain(child.pid);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(identity !== undefined && isRunning(identity)).toBe(false);
  });

  it('is not that of a later process with the same number', () => {
    expect(isRunning({ pid: process.pid, startTicks: '1' })).toBe(false);
  });
});
