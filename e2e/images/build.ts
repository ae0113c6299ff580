import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../cluster/lock.ts';
import { buildah, storedImages } from './buildah.ts';
import { commit } from './commit.ts';
import { contentTag } from './content.ts';
import { repository, type BuiltImage, type Image } from './image.ts';

const LOCK_TIMEOUT_MS = 10 * 60_000;
/** Bases of a name that are kept: those of two checkouts that differ. */
const KEPT_BASES = 2;

/** Builds an image into an archive in `archiveDir`, unless one of this content is there; older ones of its name go. */
export async function buildImage(image: Image, archiveDir: string): Promise<BuiltImage> {
  const tag = image.tag ?? contentTag(image);
  const reference = `${repository(image.name)}:${tag}`;
  const archive = join(archiveDir, `${image.name}_${tag}.tar`);
  if (existsSync(archive)) return { reference, archive };
  mkdirSync(archiveDir, { recursive: true });
  await locked(async () => {
    await commit(image, reference);
    const partial = `${archive}.partial`;
    rmSync(partial, { force: true });
    await buildah('push', '--quiet', reference, `docker-archive:${partial}:${reference}`);
    renameSync(partial, archive);
    await buildah('rmi', reference);
  });
  for (const file of readdirSync(archiveDir)) {
    const path = join(archiveDir, file);
    if (file.startsWith(`${image.name}_`) && path !== archive) rmSync(path, { force: true });
  }
  return { reference, archive };
}

/** Builds an image that others add to, unless buildah's storage has it. @returns its reference. */
export async function buildBase(image: Image): Promise<string> {
  const name = repository(image.name);
  const reference = `${name}:${contentTag(image)}`;
  await locked(async () => {
    if ((await storedImages(name)).includes(reference)) return;
    await commit(image, reference);
    const old = (await storedImages(name)).filter((stored) => stored !== reference).slice(KEPT_BASES - 1);
    if (old.length > 0) await buildah('rmi', ...old);
  });
  return reference;
}

/** One build at a time: all checkouts share buildah's storage, for the sake of the bases. */
export async function locked<T>(work: () => Promise<T>): Promise<T> {
  return withLock('images', { timeoutMs: LOCK_TIMEOUT_MS }, async () => {
    await buildah('rm', '--all'); // What builds left that were killed.
    return work();
  });
}
