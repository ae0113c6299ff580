import { readFileSync } from 'node:fs';
import type { Cluster } from '../handle.ts';

/** Applies a manifest of this repository, with each `${NAME}` in it replaced. @throws when a name has no value. */
export async function applyManifest(
  cluster: Cluster,
  path: string,
  values: Readonly<Record<string, string>> = {},
): Promise<void> {
  await cluster.kubectl(['apply', '--filename', '-'], { input: fillIn(readFileSync(path, 'utf8'), values) });
}

/** Replaces each `${NAME}`. @throws when a name has no value. */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\$\{([A-Z_]+)\}/g, (_match, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the manifest asks for ${name}, which has no value`);
    return value;
  });
}
