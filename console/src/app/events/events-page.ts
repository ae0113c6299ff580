import { Component, computed, inject, signal } from '@angular/core';
import { eventKindSchema, eventsAnswerSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { followTicks } from '../live/follow-ticks.ts';
import { PageTime } from '../time/page-time.ts';
import { TimeBar } from '../time/time-bar.ts';
import { Bones } from '../ui/bones.ts';
import { EmptyState } from '../ui/empty-state.ts';
import { Icon } from '../ui/icon.ts';
import { Mark } from '../ui/mark.ts';
import { PartialNote } from '../ui/partial-note.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { UrlState } from '../url/url-state.ts';
import { EventList } from './event-list.ts';
import { eventKinds } from './event-row.ts';

const pageRows = 200;
/** What a link may narrow the page to, as the API takes it. */
const subjects = ['node', 'namespace', 'workload', 'container'] as const;

/** What happened in the page's time range: filtered by kind, words and subject, page by page. All is in the URL. */
@Component({
  selector: 'ds-events-page',
  imports: [Bones, EmptyState, EventList, Icon, Mark, PartialNote, ProblemNote, TimeBar],
  templateUrl: './events-page.html',
  styleUrl: './events-page.css',
})
export class EventsPage {
  readonly #url = inject(UrlState);
  readonly #time = inject(PageTime);
  readonly #round = signal(0);
  readonly #kinds = this.#url.list('kinds');
  readonly #warnings = this.#url.value('warnings');
  readonly #words = this.#url.value('q');
  readonly #cursor = this.#url.value('before');
  readonly #subjects = subjects.map((name) => ({ name, value: this.#url.value(name) }));

  protected readonly kinds = eventKindSchema.options.map((kind) => ({ kind, name: eventKinds[kind].name }));
  protected readonly chosen = computed(() => new Set(this.#kinds()));
  /** Kinds of the link that there are not. */
  protected readonly ignored = computed(() => this.#kinds().filter((kind) => !eventKindSchema.safeParse(kind).success));
  protected readonly words = computed(() => this.#words() ?? '');
  protected readonly warningsOnly = computed(() => this.#warnings() === 'only');
  protected readonly isPaged = computed(() => this.#cursor() !== null);
  protected readonly narrowed = computed(() =>
    this.#subjects.flatMap(({ name, value }) => {
      const text = value();
      return text === null ? [] : [{ name, text }];
    }),
  );
  protected readonly events = apiResource(() => {
    this.#round();
    this.#time.range();
    const { fromMs, toMs, stepSeconds } = this.#time.window();
    const kinds = this.#kinds().filter((kind) => eventKindSchema.safeParse(kind).success);
    const params = {
      ...Object.fromEntries(this.narrowed().map(({ name, text }) => [name, text])),
      ...(kinds.length === 0 ? {} : { kinds: kinds.join(',') }),
      ...(this.warningsOnly() ? { warnings: 'only' } : {}),
      ...(this.words() === '' ? {} : { q: this.words() }),
      ...(this.#cursor() === null ? {} : { cursor: this.#cursor() ?? '' }),
      ...{ from: fromMs, to: toMs + stepSeconds * 1000, limit: pageRows },
    };
    return { path: '/events', params, identity: `/events?${JSON.stringify({ ...params, from: 0, to: 0 })}` };
  }, eventsAnswerSchema);

  constructor() {
    followTicks(() => {
      // Who reads the past is left in peace.
      if (this.#time.range().kind === 'last' && !this.isPaged()) this.#round.update((round) => round + 1);
    });
  }

  protected toggle(kind: string): void {
    const chosen = this.#kinds();
    const kinds = chosen.includes(kind) ? chosen.filter((one) => one !== kind) : [...chosen, kind];
    this.#url.show({ kinds, before: null });
  }

  protected toggleWarnings(): void {
    this.#url.show({ warnings: this.warningsOnly() ? null : 'only', before: null });
  }

  protected filter(words: string): void {
    this.#url.show({ q: words.trim() === '' ? null : words.trim(), before: null });
  }

  protected widen(name: string): void {
    this.#url.show({ [name]: null, before: null });
  }

  protected older(cursor: string): void {
    this.#url.show({ before: cursor });
  }

  protected newest(): void {
    this.#url.show({ before: null });
  }
}
