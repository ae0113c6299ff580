/** What a container's id is made of. */
export interface ContainerId {
  readonly nodeId: string;
  /** The entity's key on its node: podUid/containerName. */
  readonly key: string;
}

/** `nodeId~podUid~containerName`: stable across restarts, and fit for a path. */
export function containerId(nodeId: string, key: string): string {
  return [nodeId, ...key.split('/')].join('~');
}

/** The parts of an id, or undefined for what cannot be one. */
export function parseContainerId(id: string): ContainerId | undefined {
  const [nodeId, podUid, name, ...rest] = id.split('~');
  if (!nodeId || !podUid || !name || rest.length > 0) return undefined;
  return { nodeId, key: `${podUid}/${name}` };
}
