import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod';
import { CHECKOUT } from '../cluster/paths.ts';
import { run } from '../cluster/process.ts';
import { ensureBuilt } from '../cluster/toolchain/build.ts';
import { recipes } from '../cluster/toolchain/recipes.ts';

export const chart = join(CHECKOUT, 'charts/docksnap');

/** Runs the Helm that the cluster uses, built if it is not yet. @returns what it printed. */
export async function helm(args: readonly string[], input = ''): Promise<string> {
  const binary = join(await ensureBuilt(recipes.helm), 'helm');
  return run(binary, args, { input, timeoutMs: 60_000 });
}

/** Kinds that clusters know when somebody has installed them, and that values may ask for. */
const optionalKinds = ['monitoring.coreos.com/v1', 'gateway.networking.k8s.io/v1/BackendTLSPolicy'];

/** The chart as text, with these values over its own, for a cluster that knows these kinds besides Kubernetes' own. */
export async function render(values: object = {}, release = 'docksnap', kinds = optionalKinds): Promise<string> {
  const known = kinds.flatMap((kind) => ['--api-versions', kind]);
  const template = ['template', release, chart, '--namespace', 'docksnap', ...known, '--values', '-'];
  return helm(template, JSON.stringify(values));
}

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});
export type Rendered = z.infer<typeof objectSchema>;

/** The objects of a rendered text. */
export function objectsOf(text: string): Rendered[] {
  const documents = parseAllDocuments(text).map((document) => z.unknown().parse(document.toJS()));
  return documents.filter((one) => one !== null).map((one) => objectSchema.parse(one));
}
