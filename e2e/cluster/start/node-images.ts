import type { BuiltImage } from '../../images/image.ts';
import { repository } from '../../images/image.ts';
import { run } from '../process.ts';

const IMPORT_TIMEOUT_MS = 3 * 60_000;

/**
 * Brings images into a node's containerd, those that it lacks.
 * @param initPid the node's first process
 */
export async function importImages(initPid: number, images: readonly BuiltImage[]): Promise<void> {
  const present = new Set(await imagesOf(initPid));
  for (const { reference, archive } of images) {
    if (!present.has(reference)) await ctr(initPid, ['images', 'import', '-'], archive);
  }
}

/** Removes images of ours from a node that are not among `kept`: what earlier builds left. */
export async function removeOtherImages(initPid: number, kept: readonly BuiltImage[]): Promise<void> {
  const references = new Set(kept.map(({ reference }) => reference));
  const old = (await imagesOf(initPid)).filter((name) => name.startsWith(repository('')) && !references.has(name));
  if (old.length > 0) await ctr(initPid, ['images', 'remove', ...old]);
}

async function imagesOf(initPid: number): Promise<string[]> {
  return (await ctr(initPid, ['images', 'ls', '--quiet'])).trim().split('\n');
}

async function ctr(initPid: number, args: readonly string[], inputFile?: string): Promise<string> {
  const inNode = ['--target', String(initPid), '--mount', '/run/bin/containerd/ctr', '--namespace', 'k8s.io'];
  return run('nsenter', [...inNode, ...args], {
    timeoutMs: IMPORT_TIMEOUT_MS,
    ...(inputFile === undefined ? {} : { inputFile }),
  });
}
