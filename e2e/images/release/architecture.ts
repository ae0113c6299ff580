/** The kinds of machines for which images are built, as image indexes and Go name them. */
export const architectures = ['amd64', 'arm64'] as const;

export type Architecture = (typeof architectures)[number];

/** What others call one of them. */
export interface ArchitectureNames {
  /** Node's `process.arch`, and the end of the name of the npm package with its binary. */
  readonly node: 'x64' | 'arm64';
  /** The folder of Debian's libraries. */
  readonly triplet: string;
  /** Where programs look for their loader. */
  readonly loader: string;
}

export const namesOf: Readonly<Record<Architecture, ArchitectureNames>> = {
  amd64: { node: 'x64', triplet: 'x86_64-linux-gnu', loader: '/lib64/ld-linux-x86-64.so.2' },
  arm64: { node: 'arm64', triplet: 'aarch64-linux-gnu', loader: '/lib/ld-linux-aarch64.so.1' },
};
