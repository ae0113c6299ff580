import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { findingsAnswerSchema, type FindingsAnswer } from '@docksnap/contract';
import { apiResource, type QueryParams } from '../api/api-resource.ts';
import { Clock } from '../time/clock.ts';
import { Bones } from '../ui/bones.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { counted } from '../units.ts';
import { FindingList } from './finding-list.ts';
import { findingRow } from './finding-row.ts';

/** Findings beside the first are asked for by a limit: a panel is no list to page through. */
const mostShown = 50;

/** What needs attention, most urgent first: of the fleet, or of what `query` names. Notices stand folded below. */
@Component({
  selector: 'ds-findings',
  imports: [Bones, FindingList, ProblemNote],
  templateUrl: './findings-panel.html',
  styleUrl: './findings-panel.css',
})
export class FindingsPanel {
  /** `node`, `namespace`, `workload` or `container` as the API takes them; everything when empty. */
  readonly query = input<QueryParams>({});
  /** Another value asks again. */
  readonly round = input(0);
  /** Where nothing was found there is no panel. */
  readonly hidesEmpty = input(false);

  readonly #clock = inject(Clock);
  protected readonly findings = apiResource(
    () => ({
      path: '/findings',
      params: { ...this.query(), limit: mostShown },
      identity: `/findings?${JSON.stringify(this.query())}`,
    }),
    findingsAnswerSchema,
  );
  /** What is shown. */
  readonly items = computed(() => this.findings.value()?.items ?? []);
  readonly #rows = computed(() => {
    const nowMs = this.#clock.read();
    return this.items().map((one) => ({ urgency: one.urgency, row: findingRow(one, nowMs) }));
  });
  protected readonly urgent = computed(() => this.#rows().flatMap((one) => (one.urgency === 'notice' ? [] : one.row)));
  protected readonly notices = computed(() => this.#rows().flatMap((one) => (one.urgency === 'notice' ? one.row : [])));
  protected readonly more = computed(() => (this.findings.value()?.total ?? 0) - this.#rows().length);
  protected readonly sentence = computed(() => {
    const answer = this.findings.value();
    return answer === undefined ? '' : sentenceOf(answer);
  });
  protected readonly isShown = computed(
    () => !this.hidesEmpty() || this.#rows().length > 0 || this.findings.problem() !== undefined,
  );

  constructor() {
    let isFirst = true;
    effect(() => {
      this.round();
      if (!isFirst)
        untracked(() => {
          this.findings.reload();
        });
      isFirst = false;
    });
  }
}

/** "2 critical, 3 warnings on 7 nodes and 164 containers; 16 containers of silent nodes not known." */
export function sentenceOf({ byUrgency, looked, asOfMs }: FindingsAnswer): string {
  if (asOfMs === null) return 'Nothing was looked at yet; the first look takes a few seconds.';
  const { critical, warning, notice } = byUrgency;
  const counts = [
    some(critical, `${critical} critical`),
    some(warning, counted(warning, 'warning')),
    some(notice, counted(notice, 'notice')),
  ].filter((words) => words !== '');
  const { nodes, containers, unknownContainers } = looked;
  const unknown = some(unknownContainers, `; ${counted(unknownContainers, 'container')} of silent nodes not known`);
  const where = some(nodes, `${counted(nodes, 'node')} and `);
  return `${counts.length === 0 ? 'Nothing' : counts.join(', ')} on ${where}${counted(containers, 'container')}${unknown}.`;
}

/** Words that say nothing where there are none. */
function some(count: number, words: string): string {
  return count === 0 ? '' : words;
}
