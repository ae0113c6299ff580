import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentTag } from './content.ts';
import type { Image } from './image.ts';
import { parseLibraries } from './node-base.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'docksnap-image-'));
  writeFileSync(join(dir, 'main.mjs'), 'one');
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

describe('contentTag', () => {
  const image = (more: Partial<Image> = {}): Image => ({
    name: 'agent',
    files: { '/app': dir },
    entrypoint: ['/bin/node'],
    ...more,
  });

  it('stays the same until something in the image changes', () => {
    const before = contentTag(image());
    expect(contentTag(image())).toBe(before);
    writeFileSync(join(dir, 'main.mjs'), 'two');
    expect(contentTag(image())).not.toBe(before);
  });

  it('does not see what is left out', () => {
    const before = contentTag(image({ omit: /\.map$/ }));
    writeFileSync(join(dir, 'main.mjs.map'), '{}');
    expect(contentTag(image({ omit: /\.map$/ }))).toBe(before);
    expect(contentTag(image())).not.toBe(before);
  });

  it.each([
    ['its entry point', { entrypoint: ['/bin/other'] }],
    ['its user', { user: 1 }],
    ['its links', { links: { '/bin/sh': 'busybox' } }],
    ['what it builds on', { base: 'localhost/docksnap/node:2' }],
  ])('changes with %s', (_what, more) => {
    expect(contentTag(image(more))).not.toBe(contentTag(image()));
  });
});

describe('parseLibraries', () => {
  it('takes paths, not the kernel’s own', () => {
    const output = `\tlinux-vdso.so.1 (0x00007ffd)
\tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f)
\t/lib64/ld-linux-x86-64.so.2 (0x00007f)`;
    expect(parseLibraries(output)).toEqual(['/lib/x86_64-linux-gnu/libm.so.6', '/lib64/ld-linux-x86-64.so.2']);
  });
});
