import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildah } from '../buildah.ts';
import { locked } from '../build.ts';
import { commit } from '../commit.ts';
import { repository, type Image } from '../image.ts';
import type { Architecture } from './architecture.ts';
import { fetchLibraries } from './debian-libraries.ts';
import { ensureNodeBinary } from './node-binary.ts';
import { readArchive, type Archive } from './oci-archive.ts';
import { describeParts, parts, titles, type Part } from './parts.ts';

/** What is built, for which machines, and where to. */
export interface Release {
  readonly version: string;
  readonly architectures: readonly Architecture[];
  /** See {@link Image.madeAtSeconds}. */
  readonly madeAtSeconds: number;
  /** The folder for the archives. */
  readonly outDir: string;
  readonly say: (line: string) => void;
}

/** An image for all wanted machines, in an OCI archive. */
export interface ReleasedImage extends Archive {
  readonly part: Part;
  readonly path: string;
}

/**
 * Builds the images of all parts from what is built of the workspaces and the trial database.
 * @throws {CommandError} | {RequirementError}
 */
export async function buildRelease(release: Release): Promise<ReleasedImage[]> {
  mkdirSync(release.outDir, { recursive: true });
  return locked(async () => {
    const made = new Map<Part, string[]>();
    const references: string[] = [];
    try {
      for (const architecture of release.architectures) {
        release.say(`images for linux/${architecture}`);
        for (const [part, reference] of await buildFor(architecture, release, references))
          made.set(part, [...(made.get(part) ?? []), reference]);
      }
      const archives = [];
      for (const [part, built] of made) archives.push(await archive(part, built, release));
      return archives;
    } finally {
      if (references.length > 0) await buildah('rmi', '--force', ...references.toReversed());
    }
  });
}

async function buildFor(
  architecture: Architecture,
  { version, madeAtSeconds, say }: Release,
  references: string[],
): Promise<[Part, string][]> {
  const node = await ensureNodeBinary(architecture);
  const libraries = await fetchLibraries(architecture);
  say(`  Node with ${libraries.versions.join(', ')}`);
  const build = async (image: Image, labels: Readonly<Record<string, string>> = {}): Promise<string> => {
    const reference = `${repository(`release/${image.name}`)}:${architecture}`;
    references.push(reference);
    await commit({ ...image, architecture, madeAtSeconds, labels }, reference);
    return reference;
  };
  try {
    const nodeFiles = { '/bin/node': node, ...libraries.files };
    const images = await describeParts({ architecture, nodeFiles, base: build });
    const built: [Part, string][] = [];
    for (const part of parts) built.push([part, await build(images[part], labels(titles[part], version))]);
    return built;
  } finally {
    libraries.discard();
  }
}

async function archive(part: Part, references: readonly string[], release: Release): Promise<ReleasedImage> {
  const path = join(release.outDir, `${part}-${release.version}.oci.tar`);
  const list = `${repository(`release/${part}`)}:list`;
  await buildah('manifest', 'create', list);
  try {
    for (const reference of references) await buildah('manifest', 'add', list, reference);
    rmSync(`${path}.partial`, { force: true });
    await buildah('manifest', 'push', '--all', list, `oci-archive:${path}.partial:${release.version}`);
    renameSync(`${path}.partial`, path);
  } finally {
    await buildah('manifest', 'rm', list);
  }
  return { part, path, ...(await readArchive(path)) };
}

/** Labels of https://github.com/opencontainers/image-spec/blob/main/annotations.md. */
function labels(title: string, version: string): Record<string, string> {
  const prefix = 'org.opencontainers.image';
  return { [`${prefix}.title`]: title, [`${prefix}.version`]: version, [`${prefix}.licenses`]: 'Apache-2.0' };
}
