import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ContainerList } from '@docksnap/contract';
import { Clock } from '../time/clock.ts';
import { PageTime } from '../time/page-time.ts';
import { Mark } from '../ui/mark.ts';
import { UsageBar } from '../ui/usage-bar.ts';
import { tableUnit } from '../units.ts';
import { containerRow, throttledWarning } from './container-row.ts';

/** Containers with what each uses now: as many rows as are given, in their order. */
@Component({
  selector: 'ds-consumers',
  imports: [Mark, RouterLink, UsageBar],
  templateUrl: './consumers.html',
  styleUrl: './consumers.css',
})
export class Consumers {
  readonly list = input.required<ContainerList>();
  /** The row of the page itself: it is not a link. */
  readonly current = input<string | null>(null);

  readonly #clock = inject(Clock);
  protected readonly time = inject(PageTime);
  protected readonly throttledWarning = throttledWarning;
  protected readonly unit = tableUnit;
  protected readonly rows = computed(() => this.list().items.map((one) => containerRow(one, this.#clock.read())));
}
