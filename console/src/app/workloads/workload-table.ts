import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { PageTime } from '../time/page-time.ts';
import { UsageBar } from '../ui/usage-bar.ts';
import { tableUnit } from '../units.ts';
import type { NamespaceGroup } from './namespace-groups.ts';

/** Workloads under their namespaces: what each uses of what it asks for. */
@Component({
  selector: 'ds-workload-table',
  imports: [RouterLink, UsageBar],
  templateUrl: './workload-table.html',
  styleUrl: './workload-table.css',
})
export class WorkloadTable {
  readonly groups = input.required<readonly NamespaceGroup[]>();

  protected readonly time = inject(PageTime);
  protected readonly unit = tableUnit;
}
