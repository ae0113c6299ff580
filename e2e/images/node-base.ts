import { realpathSync } from 'node:fs';
import { run } from '../cluster/process.ts';
import { UNPRIVILEGED, type Image } from './image.ts';

/** Node and the libraries that it loads: the layer that all images of services share. */
export async function nodeBaseImage(node: string = process.execPath): Promise<Image> {
  const libraries = parseLibraries(await run('ldd', [node]));
  return {
    name: 'node',
    files: { '/bin/node': node, ...Object.fromEntries(libraries.map((path) => [path, realpathSync(path)])) },
    entrypoint: ['/bin/node'],
    user: UNPRIVILEGED,
  };
}

/** The paths in ldd's output: lines such as `libm.so.6 => /lib/…/libm.so.6 (0x…)` or `/lib64/ld-linux-x86-64.so.2 (0x…)`. */
export function parseLibraries(output: string): string[] {
  return output.split('\n').flatMap((line) => /(?:=> |^\s*)(\/\S+) \(/.exec(line)?.[1] ?? []);
}
