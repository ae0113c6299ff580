/** Nodes that are read at the same time. */
const together = 8;

/** What is read of each node, some at a time, in their order. Rejects with the signal's reason once it is aborted. */
export async function eachNode<Node, Read>(
  nodes: readonly Node[],
  read: (node: Node) => Promise<Read>,
  signal?: AbortSignal,
): Promise<Read[]> {
  const all: Read[] = [];
  for (let next = 0; next < nodes.length; next += together) {
    signal?.throwIfAborted();
    all.push(...(await Promise.all(nodes.slice(next, next + together).map(read))));
  }
  return all;
}

/** Why what was read of some nodes is not all, each reason once; null when it is. */
export function partialOf(read: readonly { readonly partial: string | null }[]): string | null {
  const reasons = new Set(read.map(({ partial }) => partial).filter((partial) => partial !== null));
  return reasons.size === 0 ? null : [...reasons].join('; ');
}
