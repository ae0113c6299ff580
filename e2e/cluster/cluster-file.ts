import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { nodeNames } from './network.ts';

/** What the supervisor tells about a cluster, in `cluster.json` of the state folder. */
export const ClusterFile = z.object({
  supervisor: z.object({ pid: z.int(), startTicks: z.string() }),
  startedAtMs: z.int(),
  kubeconfig: z.string(),
  consoleUrl: z.string(),
  /** Folders of the built binaries by product. */
  binaries: z.record(z.string(), z.string()),
  /** Each node's first process in this machine's numbering, whose namespaces are the node's; absent while it is off. */
  nodes: z.partialRecord(z.enum(nodeNames), z.int()),
});
export type ClusterFile = z.infer<typeof ClusterFile>;

/** The file's content, or undefined when there is none. */
export function readClusterFile(path: string): ClusterFile | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined; // No cluster was started with this state.
  }
  return ClusterFile.parse(JSON.parse(text));
}

/** Replaces the file; readers see the old or the new one. */
export function writeClusterFile(path: string, content: ClusterFile): void {
  writeFileSync(`${path}.next`, JSON.stringify(content, undefined, 2), { mode: 0o600 });
  renameSync(`${path}.next`, path);
}
