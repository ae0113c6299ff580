import { Component, computed, inject, linkedSignal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { containerSortSchema, groupsAnswerSchema, restartsAnswerSchema, type ContainerSort } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { Session } from '../api/session.ts';
import { PageVisibility } from '../live/page-visibility.ts';
import { Clock } from '../time/clock.ts';
import { PageTime } from '../time/page-time.ts';
import { TimeBar } from '../time/time-bar.ts';
import { fixedRange, rangeParams, sameWindow, windowAt } from '../time/time-range.ts';
import { Bones } from '../ui/bones.ts';
import { EmptyState } from '../ui/empty-state.ts';
import { Icon } from '../ui/icon.ts';
import { PartialNote } from '../ui/partial-note.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { SentencePipe } from '../ui/sentence-pipe.ts';
import { counted, formatAge, formatClock, formatDate, timeZoneName } from '../units.ts';
import { UrlState } from '../url/url-state.ts';
import { clamped, parseCursor, stripWindow } from './cursor-time.ts';
import { momentsOf, near, neighbours } from './moments.ts';
import { PastNodes } from './past-nodes.ts';
import { PastState } from './past-state.ts';
import { PastUse } from './past-use.ts';
import { paces, Player } from './player.ts';
import { smallStepMs } from './strip-shape.ts';
import { containerRows, nodeRows, podRows } from './then-and-now.ts';
import { TimeStrip } from './time-strip.ts';

const minuteMs = 60_000;
const nearMs = 10 * minuteMs;
/** Ends of containers are read from what was scraped: a longer range takes too long to be looked through. */
const longestMomentsMs = 24 * 60 * minuteMs;
const steps = [
  { words: '− 1 h', name: 'Back by an hour', byMs: -60 * minuteMs },
  { words: '− 1 min', name: 'Back by a minute', byMs: -minuteMs },
  { words: '− 10 s', name: 'Back by ten seconds', byMs: -smallStepMs },
  { words: '+ 10 s', name: 'On by ten seconds', byMs: smallStepMs },
  { words: '+ 1 min', name: 'On by a minute', byMs: minuteMs },
  { words: '+ 1 h', name: 'On by an hour', byMs: 60 * minuteMs },
] as const;

/** Now has no cursor, and no range of the past, at whose end the cursor would stand. */
const now = { at: null, from: null, to: null, step: null };

/** The fleet as it was: one cursor over the past brings back nodes, pods and containers and what they used. */
@Component({
  selector: 'ds-time-machine-page',
  imports: [
    Bones,
    EmptyState,
    Icon,
    PartialNote,
    PastNodes,
    PastUse,
    ProblemNote,
    RouterLink,
    SentencePipe,
    TimeBar,
    TimeStrip,
  ],
  templateUrl: './time-machine-page.html',
  styleUrl: './time-machine-page.css',
})
export class TimeMachinePage {
  readonly #clock = inject(Clock);
  readonly #time = inject(PageTime);
  readonly #url = inject(UrlState);
  readonly #session = inject(Session);
  readonly #visibility = inject(PageVisibility);
  readonly #at = this.#url.value('at');
  readonly #sort = this.#url.value('sort');
  readonly #view = this.#url.value('view');
  protected readonly node = this.#url.value('node');
  protected readonly words = this.#url.value('q');
  protected readonly steps = steps;
  protected readonly paces = paces;

  /** Stands still while nobody sees the page: then nothing is asked for. */
  readonly #nowMs = linkedSignal<{ readonly nowMs: number; readonly isHidden: boolean }, number>({
    source: () => ({ nowMs: this.#clock.now(), isHidden: this.#visibility.isHidden() }),
    computation: ({ nowMs, isHidden }, before) => (isHidden && before !== undefined ? before.value : nowMs),
  });
  readonly #minute = computed(() => Math.floor(this.#nowMs() / minuteMs));
  readonly #newestMs = computed(() => Math.floor(this.#nowMs() / smallStepMs) * smallStepMs);
  protected readonly cursor = computed(() => parseCursor(this.#at(), this.#clock.now()), {
    equal: (a, b) => a.atMs === b.atMs && a.ignored === b.ignored,
  });
  protected readonly now = now;
  protected readonly isLive = computed(() => this.cursor().atMs === null && this.#time.range().kind === 'last');
  /** A range of the past without a cursor shows its end. */
  protected readonly atMs = computed(() => {
    const range = this.#time.range();
    return this.cursor().atMs ?? (range.kind === 'fixed' ? Math.min(range.toMs, this.#newestMs()) : this.#newestMs());
  });
  protected readonly window = computed(
    () => stripWindow(windowAt(this.#time.range(), this.#nowMs()), this.atMs(), this.#newestMs()),
    { equal: sameWindow },
  );
  protected readonly seesNodes = computed(() => this.#session.me()?.scope.kind === 'all');
  protected readonly byPod = computed(() => this.#view() === 'pods');
  protected readonly sort = computed((): ContainerSort => containerSortSchema.safeParse(this.#sort()).data ?? 'memory');
  protected readonly state = new PastState(
    this.atMs,
    computed(() => ({ node: this.node(), q: this.words(), sort: this.sort(), byPod: this.byPod() })),
    { minute: this.#minute, seesNodes: this.seesNodes },
  );
  /** What is shown is of another moment, or of other filters, than what is asked for. */
  protected readonly isBehind = computed(
    () => this.state.value()?.atMs !== this.atMs() || this.state.loading() || this.state.problem() !== undefined,
  );
  protected readonly isBusy = computed(() => this.isBehind() && this.state.problem() === undefined);
  protected readonly player = new Player(this.isBusy, (byMs) => this.move(byMs));

  readonly #use = apiResource(() => {
    const { fromMs, toMs, stepSeconds } = this.window();
    const params = {
      cluster: 'all',
      by: 'namespace',
      top: 1,
      metrics: 'cpuCores',
      from: fromMs,
      to: toMs,
      stepSeconds,
    };
    return { path: '/groups', params };
  }, groupsAnswerSchema);
  readonly #restarts = apiResource(() => {
    const { fromMs, toMs } = this.window();
    return toMs - fromMs > longestMomentsMs
      ? undefined
      : { path: '/restarts', params: { from: fromMs, to: toMs, limit: 1000 } };
  }, restartsAnswerSchema);
  protected readonly timestamps = computed(() => this.#use.value()?.timestamps ?? []);
  protected readonly cores = computed(() => this.#use.value()?.metrics['cpuCores']?.total ?? []);
  protected readonly useProblem = this.#use.problem;
  protected readonly momentsProblem = this.#restarts.problem;
  protected readonly momentsPartial = computed(() => this.#restarts.value()?.partial ?? null);
  /** Undefined while not known: that nothing ended is another answer. */
  protected readonly moments = computed(() => {
    const answer = this.#restarts.value();
    return answer === undefined ? undefined : momentsOf(answer);
  });
  protected readonly momentsNote = computed(() =>
    this.window().toMs - this.window().fromMs > longestMomentsMs ? 'shown for ranges of up to 24 h' : '',
  );
  protected readonly neighbours = computed(() => neighbours(this.moments() ?? [], this.atMs()));
  protected readonly near = computed(() =>
    near(this.moments() ?? [], this.atMs(), nearMs).map((moment) => {
      const params = rangeParams(fixedRange(moment.atMs - 30 * minuteMs, moment.atMs + 30 * minuteMs));
      return { moment, clock: formatClock(moment.atMs), params };
    }),
  );

  protected readonly clock = computed(() => formatClock(this.atMs()));
  protected readonly shownClock = computed(() => formatClock(this.state.value()?.atMs ?? this.atMs()));
  protected readonly day = computed(() => `${formatDate(this.atMs())}, ${timeZoneName(this.atMs())}`);
  protected readonly ago = computed(() => {
    if (this.isLive()) return 'now, and moving';
    return `${formatAge(this.#clock.now() - this.atMs())} ago`;
  });
  protected readonly nodes = computed(() => nodeRows(this.state.value()?.nodes ?? [], this.state.nodesNow()));
  protected readonly rows = computed(() => {
    const then = this.state.value()?.containers.items ?? [];
    return (this.byPod() ? podRows : containerRows)(then, this.state.containersNow());
  });
  protected readonly nodeName = computed(() => {
    const node = this.node();
    return node === null ? '' : (this.nodes().find(({ id, name }) => id === node || name === node)?.name ?? node);
  });
  protected readonly count = computed(() => {
    const list = this.state.value()?.containers;
    if (list === undefined) return '';
    if (this.byPod() && list.total <= list.items.length) return counted(this.rows().length, 'pod');
    if (this.byPod()) return `pods of the first ${list.items.length} of ${list.total} containers`;
    return list.total > list.items.length
      ? `the first ${list.items.length} of ${list.total}`
      : counted(list.total, 'container');
  });
  protected readonly isEmpty = computed(() => {
    const value = this.state.value();
    if (this.node() !== null || (this.words() ?? '') !== '') return false;
    return value?.nodes.length === 0 && value.containers.total === 0;
  });
  /** Around the cursor, for pages that have ranges. */
  protected readonly around = computed(() =>
    rangeParams(fixedRange(this.atMs() - 30 * minuteMs, Math.min(this.#newestMs(), this.atMs() + 30 * minuteMs))),
  );
  protected readonly link = computed(() => ({ at: String(this.atMs()) }));

  /** @returns whether there is more of the past after it. */
  protected move(byMs: number): boolean {
    return this.show(this.atMs() + byMs);
  }

  /** Small steps are none in the browser's history; a jump to what happened is. */
  protected show(ms: number, how: 'push' | 'replace' = 'replace'): boolean {
    const atMs = clamped(ms, this.#clock.read());
    const isNow = atMs >= this.#newestMs();
    this.#url.show(isNow ? now : { at: String(atMs) }, how);
    return !isNow;
  }

  protected search(event: Event, typed: string): void {
    event.preventDefault();
    this.#url.show({ q: typed.trim() });
  }
}
