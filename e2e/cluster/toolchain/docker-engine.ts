import { join } from 'node:path';
import { ensureDebianFiles } from './debian.ts';

/**
 * Debian's Docker engine with what it needs, fetched on first use and cached; not installed, so that the machine gets
 * no service of it. runc is the machine's, as for the cluster.
 * @returns folders for PATH and LD_LIBRARY_PATH, and a static busybox to make images of
 */
export async function ensureDockerEngine(): Promise<{
  readonly programs: readonly string[];
  readonly libraries: string;
  readonly busybox: string;
}> {
  const root = await ensureDebianFiles({
    name: 'docker',
    suite: 'bookworm',
    packages: ['docker.io', 'containerd', 'libdevmapper1.02.1', 'tini', 'runc', 'busybox-static'],
  });
  const programs = ['usr/bin', 'usr/sbin'].map((folder) => join(root, folder));
  return {
    programs,
    libraries: join(root, `lib/${process.arch === 'x64' ? 'x86_64' : 'aarch64'}-linux-gnu`),
    busybox: join(root, 'bin/busybox'),
  };
}
