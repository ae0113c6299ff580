import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { restartsAnswerSchema, topAnswerSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { Bones } from '../ui/bones.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { UrlState } from '../url/url-state.ts';
import { rankChoices, restartRows, topRows, type RankChoice } from './top-rows.ts';

const shown = 10;
/** Restarts of a day are slow to read, and seldom others: they are asked for again after so many rounds. */
export const restartsEvery = 12;

/** Who uses most, grows fastest, is throttled or restarts most. The choice is in the URL. */
@Component({
  selector: 'ds-top',
  imports: [Bones, ProblemNote, RouterLink],
  templateUrl: './top-panel.html',
  styleUrl: './top-panel.css',
})
export class TopPanel {
  /** Another value asks again. */
  readonly round = input(0);

  readonly #url = inject(UrlState);
  readonly #asked = this.#url.value('top');
  protected readonly choices = rankChoices;
  protected readonly choice = computed(
    (): RankChoice => rankChoices.find(({ by }) => by === this.#asked()) ?? rankChoices[0],
  );
  protected readonly top = apiResource(() => {
    const { by } = this.choice();
    return by === 'restarts' ? undefined : { path: '/top', params: { by, limit: shown }, identity: `/top?${by}` };
  }, topAnswerSchema);
  protected readonly restarts = apiResource(
    () => (this.choice().by === 'restarts' ? { path: '/restarts', params: { limit: shown } } : undefined),
    restartsAnswerSchema,
  );
  protected readonly answer = computed(() => (this.choice().by === 'restarts' ? this.restarts : this.top));
  protected readonly rows = computed(() => {
    const restarts = this.restarts.value();
    const top = this.top.value();
    if (this.choice().by === 'restarts') return restarts === undefined ? undefined : restartRows(restarts);
    return top === undefined ? undefined : topRows(top);
  });

  constructor() {
    let isFirst = true;
    effect(() => {
      const isDue = this.round() % restartsEvery === 0;
      if (!isFirst)
        untracked(() => {
          if (this.choice().by !== 'restarts') this.top.reload();
          else if (isDue) this.restarts.reload();
        });
      isFirst = false;
    });
  }

  protected choose(by: RankChoice['by']): void {
    this.#url.show({ top: by === rankChoices[0].by ? null : by });
  }
}
