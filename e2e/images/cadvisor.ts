import { realpathSync } from 'node:fs';
import { ensureCadvisor } from '../cluster/toolchain/cadvisor.ts';
import { run } from '../cluster/process.ts';
import { UNPRIVILEGED, type Image } from './image.ts';
import { parseLibraries } from './node-base.ts';

/** cAdvisor, for monitors whose source it is: Debian's build and the libraries that it loads. */
export async function cadvisorImage(): Promise<Image> {
  const program = await ensureCadvisor();
  const libraries = parseLibraries(await run('ldd', [program]));
  return {
    name: 'cadvisor',
    files: { '/bin/cadvisor': program, ...Object.fromEntries(libraries.map((path) => [path, realpathSync(path)])) },
    entrypoint: ['/bin/cadvisor'],
    user: UNPRIVILEGED,
  };
}
