import { BreakpointObserver } from '@angular/cdk/layout';
import { Component, computed, inject, input, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Router, RouterLink } from '@angular/router';
import { map } from 'rxjs';
import { toProblem, type Problem } from '../api/problem.ts';
import { followTicks } from '../live/follow-ticks.ts';
import { LivePill } from '../live/live-pill.ts';
import { Bones } from '../ui/bones.ts';
import { EmptyState } from '../ui/empty-state.ts';
import { Icon } from '../ui/icon.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { SaveFile } from '../ui/save-file.ts';
import { counted } from '../units.ts';
import { UrlState } from '../url/url-state.ts';
import { AllContainers, containersCsv, shortfall } from './all-containers.ts';
import { ColumnMenu } from './column-menu.ts';
import { readColumns } from './columns.ts';
import { ignoredFilter, isFiltered, parseWords, readFilter, toWords } from './container-filter.ts';
import { ContainerPages } from './container-pages.ts';
import { ContainerTable } from './container-table.ts';

/** All containers: searched, filtered and sorted by what the URL says. */
@Component({
  selector: 'ds-containers-page',
  imports: [Bones, ColumnMenu, ContainerTable, EmptyState, Icon, LivePill, ProblemNote, RouterLink],
  templateUrl: './containers-page.html',
  styleUrl: './containers-page.css',
})
export class ContainersPage {
  readonly q = input<string>();
  readonly namespace = input<string>();
  readonly workload = input<string>();
  readonly node = input<string>();
  readonly image = input<string>();
  readonly labels = input<string>();
  readonly state = input<string>();
  readonly sort = input<string>();

  readonly #router = inject(Router);
  protected readonly states = ['running', 'waiting', 'terminated', 'unknown', 'gone'];
  protected readonly filter = computed(
    () =>
      readFilter({
        q: this.q(),
        namespace: this.namespace(),
        workload: this.workload(),
        node: this.node(),
        image: this.image(),
        labels: this.labels(),
        state: this.state(),
        sort: this.sort(),
      }),
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  protected readonly words = computed(() => toWords(this.filter()));
  protected readonly filtered = computed(() => isFiltered(this.filter()));
  protected readonly pages = new ContainerPages(this.filter);
  protected readonly sentence = computed(() =>
    this.filtered() ? counted(this.pages.total(), 'match', 'matches') : `${this.pages.total()} in all`,
  );
  /** The style sheet's row heights, for the virtual scroll: 34 px, and 44 px where fingers point. */
  protected readonly rowHeight = toSignal(
    inject(BreakpointObserver)
      .observe('(max-width: 767px)')
      .pipe(map((narrow) => (narrow.matches ? 44 : 34))),
    { requireSync: true },
  );

  readonly #all = inject(AllContainers);
  readonly #files = inject(SaveFile);
  readonly #columns = inject(UrlState).list('columns');
  protected readonly columns = computed(() => readColumns(this.#columns()));
  protected readonly ignored = computed(() => ignoredFilter({ state: this.state(), sort: this.sort() }));
  protected readonly isSaving = signal(false);
  protected readonly saveProblem = signal<Problem | undefined>(undefined);
  /** What the file that was saved last does not hold. */
  protected readonly saveNote = signal('');

  constructor() {
    followTicks(() => {
      this.pages.refresh();
    });
  }

  protected search(event: Event, typed: string): void {
    event.preventDefault();
    void this.#router.navigate([], { queryParams: parseWords(typed), queryParamsHandling: 'merge' });
  }

  /** Saves all that match, not only what was scrolled into view. */
  protected async saveCsv(): Promise<void> {
    this.isSaving.set(true);
    this.saveProblem.set(undefined);
    this.saveNote.set('');
    try {
      const read = await this.#all.read(this.filter());
      this.#files.saveText('containers.csv', 'text/csv', containersCsv(read.rows));
      this.saveNote.set(shortfall(read));
    } catch (error) {
      this.saveProblem.set(toProblem(error));
    } finally {
      this.isSaving.set(false);
    }
  }

  protected showState(state: string): void {
    void this.#router.navigate([], {
      queryParams: { state: state === '' ? null : state },
      queryParamsHandling: 'merge',
    });
  }
}
