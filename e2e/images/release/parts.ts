import { join } from 'node:path';
import { binariesOf } from '../../cluster/toolchain/build.ts';
import { recipes } from '../../cluster/toolchain/recipes.ts';
import { UNPRIVILEGED, type Image } from '../image.ts';
import { agentImage, apiImage, apiPackagesImage, operatorImage } from '../services.ts';
import { trialDatabaseImage } from '../tools.ts';
import { namesOf, type Architecture } from './architecture.ts';

/** The images that the chart asks for, by the last part of their names. */
export const parts = ['agent', 'operator', 'api', 'trial-database'] as const;

export type Part = (typeof parts)[number];

export const titles: Readonly<Record<Part, string>> = {
  agent: "DockSnap's agent: reads a node's kubelet and pushes what it finds",
  operator: "DockSnap's operator: keeps the agents of DockSnapMonitors running",
  api: "DockSnap's API and console",
  'trial-database': 'FerretDB on SQLite, for a trial of DockSnap',
};

/** What it takes to describe the images of one kind of machine. */
export interface Ingredients {
  readonly architecture: Architecture;
  /** Node's binary and libraries by their paths in an image. */
  readonly nodeFiles: Readonly<Record<string, string>>;
  /** Commits an image that others add to. @returns its reference. */
  readonly base: (image: Image) => Promise<string>;
}

/** The images of all parts for one kind of machine. */
export async function describeParts({ architecture, nodeFiles, base }: Ingredients): Promise<Record<Part, Image>> {
  const node = await base({ name: 'node', files: nodeFiles, entrypoint: ['/bin/node'], user: UNPRIVILEGED });
  const databaseFolder = binariesOf(recipes.trialDatabase, namesOf[architecture].node);
  return {
    agent: agentImage(node),
    operator: operatorImage(node),
    api: apiImage(await base(await apiPackagesImage(node))),
    'trial-database': trialDatabaseImage(join(databaseFolder, 'trial-database')),
  };
}
