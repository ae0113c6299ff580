import * as z from 'zod';
import { run } from '../../cluster/process.ts';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const descriptor = z.looseObject({
  digest,
  size: z.int(),
  platform: z.object({ os: z.string(), architecture: z.string() }).optional(),
});
const indexSchema = z.looseObject({ manifests: z.array(descriptor).min(1) });
const manifestSchema = z.looseObject({ config: descriptor, layers: z.array(descriptor) });

/** What an OCI archive holds: one image, for one or more kinds of machines. */
export interface Archive {
  /** Of the image's index: what a registry knows it by. */
  readonly digest: string;
  readonly platforms: readonly Platform[];
}

export interface Platform {
  /** Such as `linux/amd64`. */
  readonly name: string;
  /** What a node fetches: all layers, compressed. */
  readonly bytes: number;
}

/**
 * Reads an OCI archive (https://github.com/opencontainers/image-spec/blob/main/image-layout.md) of one image index.
 * @throws when it is another thing
 */
export async function readArchive(path: string): Promise<Archive> {
  const read = async (member: string): Promise<unknown> => JSON.parse(await run('tar', ['-xOf', path, member]));
  const blob = async (of: string): Promise<unknown> => read(`blobs/${of.replace(':', '/')}`);
  const [top] = indexSchema.parse(await read('index.json')).manifests;
  if (top === undefined) throw new Error(`${path} holds no image`);
  const index = indexSchema.parse(await blob(top.digest));
  const platforms = index.manifests.map(async ({ digest: of, platform }) => {
    const { layers } = manifestSchema.parse(await blob(of));
    const name = `${platform?.os ?? 'any'}/${platform?.architecture ?? 'any'}`;
    return { name, bytes: layers.reduce((sum, { size }) => sum + size, 0) };
  });
  return { digest: top.digest, platforms: await Promise.all(platforms) };
}
