import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { NodeSummary } from '@docksnap/contract';
import { isMachine } from '../machines/machines.ts';
import { Clock } from '../time/clock.ts';
import { Mark } from '../ui/mark.ts';
import { UsageBar } from '../ui/usage-bar.ts';
import { byteUnit, bytesNumber, coresNumber, formatAge, unknown } from '../units.ts';
import { nodeMark } from '../node/node-mark.ts';

/** The nodes with what each uses of what it has. A silent node's row is hatched and says for how long. */
@Component({
  selector: 'ds-node-table',
  imports: [Mark, RouterLink, UsageBar],
  templateUrl: './node-table.html',
  styleUrl: './node-table.css',
})
export class NodeTable {
  readonly nodes = input.required<readonly NodeSummary[]>();
  readonly #clock = inject(Clock);

  /** One unit for the column, so that rows can be compared. */
  protected readonly unit = computed(() => byteUnit(Math.max(0, ...this.nodes().map((node) => node.memoryBytes ?? 0))));
  protected readonly rows = computed(() =>
    this.nodes().map((node) => ({
      node,
      mark: nodeMark(node),
      silent: node.state === 'silent',
      pods: isMachine(node) ? unknown : String(node.pods),
      cpu: coresNumber(node.cpuCores),
      cores: coresNumber(node.cores, 0),
      memory: bytesNumber(node.workingSetBytes, this.unit()),
      memoryOf: bytesNumber(node.memoryBytes, this.unit()),
    })),
  );

  protected lastSeen(node: NodeSummary): string {
    if (node.lastTickMs === null) return 'never';
    const age = formatAge(this.#clock.now() - node.lastTickMs);
    return node.state === 'silent' ? `silent ${age}` : `${age} ago`;
  }
}
