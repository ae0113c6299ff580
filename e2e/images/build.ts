import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withLock } from '../cluster/lock.ts';
import { cacheDir } from '../cluster/paths.ts';
import { run } from '../cluster/process.ts';
import { contentTag } from './content.ts';
import { repository, type BuiltImage, type Image } from './image.ts';

const BUILD_TIMEOUT_MS = 5 * 60_000;

/** Builds an image into an archive in `archiveDir`, unless one of this content is there; older ones of its name go. */
export async function buildImage(image: Image, archiveDir: string): Promise<BuiltImage> {
  const tag = image.tag ?? contentTag(image);
  const reference = `${repository(image.name)}:${tag}`;
  const archive = join(archiveDir, `${image.name}_${tag}.tar`);
  if (!existsSync(archive)) {
    // One at a time: builds of all checkouts share buildah's storage, in which the base images are.
    await withLock('images', { timeoutMs: BUILD_TIMEOUT_MS }, () => write(image, reference, archive));
    removeOlder(archiveDir, image.name, archive);
  }
  return { reference, archive };
}

async function write(image: Image, reference: string, archive: string): Promise<void> {
  mkdirSync(dirname(archive), { recursive: true });
  const root = mkdtempSync(join(dirname(archive), '.root-'));
  const container = (await buildah('from', await ensureBase(image))).trim();
  try {
    layOut(image, root);
    await buildah('copy', '--quiet', container, root, '/');
    const user = String(image.user ?? 0);
    await buildah('config', '--entrypoint', JSON.stringify(image.entrypoint), '--user', `${user}:${user}`, container);
    await buildah('commit', '--quiet', container, reference);
    const partial = `${archive}.partial`;
    rmSync(partial, { force: true });
    await buildah('push', '--quiet', reference, `docker-archive:${partial}:${reference}`);
    renameSync(partial, archive);
  } finally {
    await buildah('rm', container);
    rmSync(root, { recursive: true, force: true });
  }
}

/** What to build on: nothing, or the base, which is read from its archive if buildah's storage lost it. */
async function ensureBase({ base }: Image): Promise<string> {
  if (base === undefined) return 'scratch';
  const known = await buildah('images', '--quiet', '--filter', `reference=${base.reference}`);
  if (known.trim() === '') await buildah('pull', '--quiet', `docker-archive:${base.archive}`);
  return base.reference;
}

function layOut(image: Image, root: string): void {
  for (const [target, source] of Object.entries(image.files)) {
    mkdirSync(dirname(join(root, target)), { recursive: true });
    cpSync(source, join(root, target), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (_from, to) => image.omit?.test(to.slice(root.length)) !== true,
    });
  }
  for (const [target, pointsTo] of Object.entries(image.links ?? {})) {
    mkdirSync(dirname(join(root, target)), { recursive: true });
    symlinkSync(pointsTo, join(root, target));
  }
}

function removeOlder(archiveDir: string, name: string, kept: string): void {
  for (const file of readdirSync(archiveDir)) {
    const path = join(archiveDir, file);
    if (file.startsWith(`${name}_`) && path !== kept) rmSync(path, { force: true });
  }
}

/** buildah with a storage of its own, apart from the machine's. */
async function buildah(...args: string[]): Promise<string> {
  const dir = join(cacheDir(), 'buildah');
  mkdirSync(dir, { recursive: true });
  const storage = ['--root', join(dir, 'root'), '--runroot', join(dir, 'run'), '--storage-driver', 'vfs'];
  const policy = ['--signature-policy', join(import.meta.dirname, 'policy.json')];
  const takesPolicy = ['from', 'pull', 'commit', 'push'].includes(args[0] ?? '');
  const [command = '', ...rest] = args;
  return run('buildah', [...storage, command, ...(takesPolicy ? policy : []), ...rest], {
    timeoutMs: BUILD_TIMEOUT_MS,
  });
}
