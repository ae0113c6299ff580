import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKOUT } from '../../cluster/paths.ts';
import { buildWorkspace, isWorkspaceBuilt, workspaces } from '../../images/workspaces.ts';

/** The agent's bundle as its image has it. @returns its path */
export async function agentBundle(): Promise<string> {
  for (const workspace of workspaces)
    if (workspace.name === 'agent' && !isWorkspaceBuilt(workspace)) await buildWorkspace(workspace);
  return join(CHECKOUT, 'agent/dist/main.mjs');
}

/** A line of the bundle, and what is put in its place so that drills are seen to find what it breaks. */
export interface Break {
  readonly line: string;
  readonly instead: string;
}

const sending = 'const body = encodePush({ report, descriptions, rosters, blocks: [...blocks.values()] });';

/** Ticks count as stored when they are sent, before the API has answered. */
export const acknowledgesTooEarly: Break = {
  line: sending,
  instead: `${sending} void this.#parts.spool.acknowledge([...blocks.keys()]);`,
};

/** Writes a bundle that is broken so. @throws Error when the bundle has no such line */
export async function breakBundle(bundle: string, target: string, { line, instead }: Break): Promise<void> {
  const text = await readFile(bundle, 'utf8');
  if (!text.includes(line)) throw new Error(`the agent's bundle has no line "${line}"`);
  await writeFile(target, text.replace(line, instead));
}
