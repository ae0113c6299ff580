import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { rightSizingAnswerSchema, workloadListSchema, type WorkloadSummary } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { followTicks } from '../live/follow-ticks.ts';
import { LivePill } from '../live/live-pill.ts';
import { Bones } from '../ui/bones.ts';
import { EmptyState } from '../ui/empty-state.ts';
import { Icon } from '../ui/icon.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { counted } from '../units.ts';
import { workloadHints } from '../sizing/workload-hints.ts';
import { UrlState } from '../url/url-state.ts';
import { namespaceGroups } from './namespace-groups.ts';
import { WorkloadTable } from './workload-table.ts';

function matches({ namespace, kind, name }: WorkloadSummary, words: readonly string[]): boolean {
  const text = `${namespace} ${kind} ${name}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What each workload uses of what it asks for, grouped by namespace. */
@Component({
  selector: 'ds-workloads-page',
  imports: [Bones, EmptyState, Icon, LivePill, ProblemNote, RouterLink, WorkloadTable],
  templateUrl: './workloads-page.html',
  styleUrl: './workloads-page.css',
})
export class WorkloadsPage {
  readonly #url = inject(UrlState);
  readonly #q = this.#url.value('q');
  protected readonly workloads = apiResource(() => ({ path: '/workloads' }), workloadListSchema);
  /** Asked for once: it looks over a week. */
  protected readonly sizing = apiResource(() => ({ path: '/right-sizing' }), rightSizingAnswerSchema);
  protected readonly hints = computed(() => workloadHints(this.sizing.value()?.items ?? []));
  protected readonly words = computed(() => this.#q() ?? '');
  readonly #shown = computed(() => {
    const words = this.words().toLowerCase().split(/\s+/);
    return (this.workloads.value()?.items ?? []).filter((workload) => matches(workload, words));
  });
  protected readonly groups = computed(() => namespaceGroups(this.#shown()));
  protected readonly sentence = computed(
    () => `${this.#shown().length} in ${counted(this.groups().length, 'namespace')}`,
  );

  constructor() {
    followTicks(() => {
      this.workloads.reload();
    });
  }

  protected search(event: Event, typed: string): void {
    event.preventDefault();
    this.#url.show({ q: typed.trim() });
  }
}
