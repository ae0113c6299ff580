import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { kindWords } from '../machines/machines.ts';
import { PageTime } from '../time/page-time.ts';
import { Mark } from '../ui/mark.ts';
import { UsageBar } from '../ui/usage-bar.ts';
import type { WorkloadHint } from '../sizing/workload-hints.ts';
import { tableUnit } from '../units.ts';
import type { NamespaceGroup } from './namespace-groups.ts';

/** Workloads under their namespaces: what each uses of what it asks for. */
@Component({
  selector: 'ds-workload-table',
  imports: [Mark, RouterLink, UsageBar],
  templateUrl: './workload-table.html',
  styleUrl: './workload-table.css',
})
export class WorkloadTable {
  readonly groups = input.required<readonly NamespaceGroup[]>();
  /** What to change, by namespace/kind/name; null where that is not shown. */
  readonly hints = input<ReadonlyMap<string, WorkloadHint> | null>(null);

  protected readonly kindWords = kindWords;
  protected readonly time = inject(PageTime);
  protected readonly unit = tableUnit;
}
