import { Component, computed } from '@angular/core';
import { RouterLink } from '@angular/router';
import { workloadListSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { followTicks } from '../live/follow-ticks.ts';
import { LivePill } from '../live/live-pill.ts';
import { Bones } from '../ui/bones.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { counted } from '../units.ts';
import { namespaceGroups } from './namespace-groups.ts';
import { UsageBar } from '../ui/usage-bar.ts';

/** What each workload uses of what it asks for, grouped by namespace. */
@Component({
  selector: 'ds-workloads-page',
  imports: [Bones, LivePill, ProblemNote, RouterLink, UsageBar],
  templateUrl: './workloads-page.html',
  styleUrl: './workloads-page.css',
})
export class WorkloadsPage {
  protected readonly workloads = apiResource(() => ({ path: '/workloads' }), workloadListSchema);
  protected readonly groups = computed(() => namespaceGroups(this.workloads.value()?.items ?? []));
  protected readonly sentence = computed(() => {
    const count = this.workloads.value()?.items.length ?? 0;
    return `${count} in ${counted(this.groups().length, 'namespace')}`;
  });

  constructor() {
    followTicks(() => {
      this.workloads.reload();
    });
  }
}
