import { Component, computed, input } from '@angular/core';
import { rightSizingAnswerSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { Bones } from '../ui/bones.ts';
import { CommandLine } from '../ui/command-line.ts';
import { EmptyState } from '../ui/empty-state.ts';
import { Mark } from '../ui/mark.ts';
import { PartialNote } from '../ui/partial-note.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { SentencePipe } from '../ui/sentence-pipe.ts';
import { counted, formatAge, tableUnit } from '../units.ts';
import { sizingRows } from './sizing-rows.ts';

/** What a workload or namespace asks for beside what it used over the last week, and what to change. */
@Component({
  selector: 'ds-sizing',
  imports: [Bones, CommandLine, EmptyState, Mark, PartialNote, ProblemNote, SentencePipe],
  templateUrl: './sizing-panel.html',
  styleUrl: './sizing-panel.css',
})
export class SizingPanel {
  /** `workload` or `namespace`, as the API takes them. */
  readonly query = input.required<Readonly<Record<string, string>>>();

  protected readonly unit = tableUnit;
  protected readonly heads = ['request', 'limit', '50th pct.', '95th pct.', 'most'];
  protected readonly sizing = apiResource(
    () => ({ path: '/right-sizing', params: this.query(), identity: JSON.stringify(this.query()) }),
    rightSizingAnswerSchema,
  );
  protected readonly rows = computed(() => sizingRows(this.sizing.value()?.items ?? []));
  protected readonly sentence = computed(() => {
    const value = this.sizing.value();
    if (value === undefined) return '';
    const hints = value.items.reduce((sum, { hints: own }) => sum + own.length, 0);
    const rests = `the last ${formatAge(value.toMs - value.fromMs)} in steps of ${formatAge(value.stepSeconds * 1000)}`;
    return `${hints === 0 ? 'no hints' : counted(hints, 'hint')}; ${rests}, ${value.headroom * 100} % headroom`;
  });
}
