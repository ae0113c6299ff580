import { Component, computed, input } from '@angular/core';
import type { RestartsAnswer } from '@docksnap/contract';
import { Mark } from '../ui/mark.ts';
import { UsageBar } from '../ui/usage-bar.ts';
import { bytesNumber, byteUnit, coresNumber, formatShare } from '../units.ts';
import type { FleetTotals } from './fleet-totals.ts';

/** The totals of the fleet, each with its denominator. */
@Component({
  selector: 'ds-fleet-summary',
  imports: [Mark, UsageBar],
  templateUrl: './fleet-summary.html',
  styleUrl: './fleet-summary.css',
})
export class FleetSummary {
  readonly totals = input.required<FleetTotals>();
  /** Of the last hour; undefined while not known. */
  readonly restarts = input<RestartsAnswer | undefined>();

  protected readonly cpu = computed(() => {
    const cpu = this.totals().cpu;
    if (cpu === null) return null;
    return {
      ...cpu,
      number: coresNumber(cpu.used),
      whole: coresNumber(cpu.of, 0),
      share: formatShare(cpu.used / cpu.of),
    };
  });
  protected readonly memory = computed(() => {
    const memory = this.totals().memory;
    if (memory === null) return null;
    const unit = byteUnit(memory.of);
    return {
      ...memory,
      number: bytesNumber(memory.used, unit),
      whole: bytesNumber(memory.of, unit),
      unit: unit.name,
      share: formatShare(memory.used / memory.of),
    };
  });
  protected readonly silent = computed(() => this.totals().nodes - this.totals().reporting);
}
