/** Parts hold the ticks of one window of this many ms, UTC, by the ticks' own times. */
export const windowMs = 10 * 60 * 1000;

/** The number of the window that a time is in: whole windows since 1970. */
export function windowOf(timeMs: number): number {
  return Math.floor(timeMs / windowMs);
}

/** `_id` of a part; numbers are dense from 0 within a window. */
export function partId(nodeId: string, window: number, part: number): string {
  return `${nodeId}/${window}/${part}`;
}

export function descriptionId(nodeId: string, hash: string): string {
  return `${nodeId}/${hash}`;
}

/** The node of a document whose `_id` starts with its key. */
export function nodeOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

export function entityId(nodeId: string, key: string): string {
  return `${nodeId}/${key}`;
}

/** `_id` of a node: the same three facts always make the same document. */
export function nodeDocumentId(cluster: string, name: string, uid: string): string {
  return `${cluster}/${name}/${uid}`;
}
