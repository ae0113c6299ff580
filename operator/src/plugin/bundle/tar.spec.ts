import { expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tar } from './tar.ts';

it('makes archives that tar unpacks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docksnap-tar-'));
  try {
    const long = 'x'.repeat(1000);
    writeFileSync(
      join(folder, 'a.tar'),
      tar(
        new Map([
          ['support/empty', ''],
          ['support/a.txt', 'ä\n'],
          ['support/long', long],
        ]),
        1_700_000_000,
      ),
    );
    execFileSync('tar', ['-xf', 'a.tar'], { cwd: folder });
    expect(readFileSync(join(folder, 'support/empty'), 'utf8')).toBe('');
    expect(readFileSync(join(folder, 'support/a.txt'), 'utf8')).toBe('ä\n');
    expect(readFileSync(join(folder, 'support/long'), 'utf8')).toBe(long);
    expect(statSync(join(folder, 'support/long')).mtimeMs).toBe(1_700_000_000_000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('refuses a name that the format cannot hold', () => {
  expect(() => tar(new Map([['x'.repeat(101), '']]), 0)).toThrow('at most 100 characters');
});
