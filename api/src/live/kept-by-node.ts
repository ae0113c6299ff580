/**
 * What is known of nodes, by node and name, within a bound: in two generations, so that what is found again and again
 * need not be moved each time. When the younger one is full, it becomes the older one, and what nobody has asked for
 * since the last such change is let go of.
 */
export class KeptByNode<T> {
  private young = new Map<string, Map<string, T>>();
  private old = new Map<string, Map<string, T>>();
  private youngCount = 0;

  /** Of both generations together at most `most` are kept. */
  constructor(private readonly most: number) {}

  get(nodeId: string, name: string): T | undefined {
    const young = this.young.get(nodeId)?.get(name);
    if (young !== undefined) return young;
    const old = this.old.get(nodeId)?.get(name);
    if (old !== undefined) this.keep(nodeId, name, old);
    return old;
  }

  keep(nodeId: string, name: string, value: T): void {
    if (this.youngCount >= Math.floor(this.most / 2)) {
      this.old = this.young;
      this.young = new Map();
      this.youngCount = 0;
    }
    const ofNode = this.young.get(nodeId) ?? new Map<string, T>();
    this.young.set(nodeId, ofNode);
    if (!ofNode.has(name)) this.youngCount += 1;
    ofNode.set(name, value);
  }

  /** Lets go of all of a node. */
  drop(nodeId: string): void {
    this.youngCount -= this.young.get(nodeId)?.size ?? 0;
    this.young.delete(nodeId);
    this.old.delete(nodeId);
  }
}
