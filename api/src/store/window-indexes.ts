import { Injectable } from '@nestjs/common';
import { PartsRepository } from './parts.repository.ts';
import { type Claims, WindowIndex } from './window-index.ts';

/** Windows kept per node between two pushes: the present one, its neighbours, and one that a backlog is filling. */
const keptWindows = 4;

/** The indexes of windows that were written to lately, read from their parts when they are first needed. */
@Injectable()
export class WindowIndexes {
  /** By node, then window, the window used last at the end. */
  private readonly byNode = new Map<string, Map<number, WindowIndex>>();

  constructor(private readonly parts: PartsRepository) {}

  /** Makes these windows known, and finds a tick in any window of the node that is. */
  async open(nodeId: string, windows: ReadonlySet<number>): Promise<Claims> {
    for (const window of windows) await this.get(nodeId, window);
    return this.finder(nodeId);
  }

  async get(nodeId: string, window: number): Promise<WindowIndex> {
    const known = this.node(nodeId).get(window);
    const index = known ?? new WindowIndex();
    if (known === undefined) await this.read(nodeId, window, index);
    this.node(nodeId).delete(window);
    this.node(nodeId).set(window, index);
    return index;
  }

  /** Reads the parts that somebody else has added to a window. */
  async catchUp(nodeId: string, window: number): Promise<Claims> {
    await this.read(nodeId, window, await this.get(nodeId, window));
    return this.finder(nodeId);
  }

  /** Forgets all windows of a node but the few used last. */
  trim(nodeId: string): void {
    const windows = this.node(nodeId);
    for (const window of windows.keys()) {
      if (windows.size <= keptWindows) return;
      windows.delete(window);
    }
  }

  forget(nodeId: string): void {
    this.byNode.delete(nodeId);
  }

  private node(nodeId: string): Map<number, WindowIndex> {
    const known = this.byNode.get(nodeId) ?? new Map<number, WindowIndex>();
    this.byNode.set(nodeId, known);
    return known;
  }

  private finder(nodeId: string): Claims {
    return (epoch, seq) => {
      for (const index of this.node(nodeId).values()) {
        const claim = index.find(epoch, seq);
        if (claim !== undefined) return claim;
      }
      return undefined;
    };
  }

  private async read(nodeId: string, window: number, index: WindowIndex): Promise<void> {
    for await (const part of this.parts.from(nodeId, window, index.nextPart, 'body')) index.add(part.entries);
  }
}
