import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildah } from './buildah.ts';
import type { Image } from './image.ts';

/** Commits an image to buildah's storage under a reference. The caller holds the lock of that storage. */
export async function commit(image: Image, reference: string): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'docksnap-image-'));
  const container = (await buildah('from', image.base ?? 'scratch')).trim();
  try {
    layOut(image, root);
    await buildah('copy', '--quiet', container, root, '/');
    await buildah('config', ...configuration(image), container);
    const made = image.madeAtSeconds === undefined ? [] : ['--timestamp', String(image.madeAtSeconds)];
    await buildah('commit', '--quiet', ...made, container, reference);
  } finally {
    await buildah('rm', container);
    rmSync(root, { recursive: true, force: true });
  }
}

function configuration({ entrypoint, user = 0, architecture, labels = {} }: Image): string[] {
  return [
    ...['--entrypoint', JSON.stringify(entrypoint), '--user', `${user}:${user}`],
    ...(architecture === undefined ? [] : ['--os', 'linux', '--arch', architecture]),
    ...Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
  ];
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
  levelModes(root);
}

/** Whoever checked the files out, with whichever umask: all may read, and run what its owner may run. */
function levelModes(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  chmodSync(path, found.isDirectory() || (found.mode & 0o100) !== 0 ? 0o755 : 0o644);
  if (found.isDirectory()) for (const name of readdirSync(path)) levelModes(join(path, name));
}
