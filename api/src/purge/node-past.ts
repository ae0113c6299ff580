import { Injectable } from '@nestjs/common';
import { KeptProcesses, minutesPerWindow } from '../processes/kept-processes.ts';
import { NodePurge } from './node-purge.ts';
import type { PurgeDocument } from './purges.ts';

/** All that is kept of a node: its samples with what is computed from them, and its lists of processes. */
@Injectable()
export class NodePast {
  constructor(
    private readonly samples: NodePurge,
    private readonly processes: KeptProcesses,
  ) {}

  /** As NodePurge.remove; whether there were any samples. */
  async remove(purge: PurgeDocument, isBack: boolean): Promise<boolean> {
    await this.processes.removeNode(purge._id, (purge.throughWindow + 1) * minutesPerWindow);
    return this.samples.remove(purge, isBack);
  }
}
