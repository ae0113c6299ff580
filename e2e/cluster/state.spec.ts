import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearState, isStateUsable, sealState, stateFiles, writeFiles } from './state.ts';

let dir: string;
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'docksnap-state-')), 'cluster');
});
afterEach(() => {
  rmSync(join(dir, '..'), { recursive: true });
});

describe('the state of a cluster', () => {
  it('is of no use until it is sealed: a start may have been killed in between', () => {
    expect(isStateUsable(dir)).toBe(false);
    clearState(dir);
    expect(isStateUsable(dir)).toBe(false);
    sealState(dir);
    expect(isStateUsable(dir)).toBe(true);
  });

  it('is of no use to another version', () => {
    clearState(dir);
    writeFileSync(stateFiles(dir).stamp, 'of another version');
    expect(isStateUsable(dir)).toBe(false);
  });

  it('is gone when cleared', () => {
    clearState(dir);
    writeFiles(dir, { 'nodes/node1/etcd/wal': 'old' });
    clearState(dir);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('holds files that others may not read', () => {
    writeFiles(dir, { 'pki/admin.key': 'secret' });
    expect(existsSync(join(dir, 'pki/admin.key'))).toBe(true);
    expect(statSync(join(dir, 'pki/admin.key')).mode & 0o077).toBe(0);
    expect(statSync(join(dir, 'pki')).mode & 0o077).toBe(0);
  });
});
