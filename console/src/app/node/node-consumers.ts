import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ContainerList } from '@docksnap/contract';
import { containerRow } from '../containers/container-row.ts';
import { PageTime } from '../time/page-time.ts';
import { Mark } from '../ui/mark.ts';
import { UsageBar } from '../ui/usage-bar.ts';

/** The containers that use most of a node, by CPU or by memory. */
@Component({
  selector: 'ds-node-consumers',
  imports: [Mark, RouterLink, UsageBar],
  templateUrl: './node-consumers.html',
  styleUrl: './node-consumers.css',
})
export class NodeConsumers {
  readonly list = input.required<ContainerList>();
  readonly order = input.required<'cpu' | 'memory'>();
  /** The node's name, for the link to all its containers. */
  readonly node = input.required<string>();

  protected readonly time = inject(PageTime);
  protected readonly rows = computed(() => this.list().items.map(containerRow));
  protected readonly more = computed(() => this.list().total - this.rows().length);
}
