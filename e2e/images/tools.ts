import { join } from 'node:path';
import { run } from '../cluster/process.ts';
import { binariesOf } from '../cluster/toolchain/build.ts';
import { recipes } from '../cluster/toolchain/recipes.ts';
import { UNPRIVILEGED, type Image } from './image.ts';

/** Holds a pod's namespaces open. */
export function pauseImage(): Image {
  return {
    name: 'pause',
    tag: '1',
    files: { '/pause': join(binariesOf(recipes.pause), 'pause') },
    entrypoint: ['/pause'],
    user: UNPRIVILEGED,
  };
}

/** The cluster's name server. */
export function coreDnsImage(): Image {
  return {
    name: 'coredns',
    files: { '/coredns': join(binariesOf(recipes.coredns), 'coredns') },
    entrypoint: ['/coredns'],
    user: UNPRIVILEGED,
  };
}

/** FerretDB, embedded. @param binary of the kind of machine that it is for */
export function trialDatabaseImage(binary: string = join(binariesOf(recipes.trialDatabase), 'trial-database')): Image {
  return {
    name: 'trial-database',
    files: { '/bin/trial-database': binary },
    entrypoint: ['/bin/trial-database'],
    user: UNPRIVILEGED,
  };
}

/** A shell and its tools, for the demonstration workloads. */
export async function demoImage(): Promise<Image> {
  const commands = (await run('/bin/busybox', ['--list'])).trim().split('\n');
  const links: Record<string, string> = {};
  for (const command of commands) if (command !== 'busybox') links[`/bin/${command}`] = 'busybox';
  return {
    name: 'demo',
    files: { '/bin/busybox': '/bin/busybox' },
    links,
    entrypoint: ['/bin/busybox'],
    user: UNPRIVILEGED,
  };
}
