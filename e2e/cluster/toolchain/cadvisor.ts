import { join } from 'node:path';
import { CommandError } from '../process.ts';
import { ensureDebianFiles } from './debian.ts';

/** SHA-256 of Debian's package cadvisor 0.38.7+ds1-2+b7, the last that Debian built. */
const amd64 = '42d4fa456d31caa972bd2686f993c43ccbc4c784009b6104b538e69af8615e14';

/** Stand-alone cAdvisor 0.38.7, fetched on first use and cached. @returns the program's path */
export async function ensureCadvisor(): Promise<string> {
  if (process.arch !== 'x64')
    throw new CommandError(`cAdvisor is had for x86-64 alone, this machine is ${process.arch}`);
  const root = await ensureDebianFiles({
    name: 'cadvisor',
    suite: 'bullseye',
    packages: ['cadvisor'],
    sha256: { cadvisor: amd64 },
  });
  return join(root, 'usr/bin/cadvisor');
}
