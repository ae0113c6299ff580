import { Component, computed, inject, input } from '@angular/core';
import type { NodeDetail } from '@docksnap/contract';
import { Clock } from '../time/clock.ts';
import { Mark } from '../ui/mark.ts';
import { SentencePipe } from '../ui/sentence-pipe.ts';
import { formatAge, formatMoment } from '../units.ts';

/** Why nothing comes from a node, since when, and what happens when it is back. */
@Component({
  selector: 'ds-node-silence',
  imports: [Mark, SentencePipe],
  template: `
    <section class="note critical" role="status">
      <ds-mark kind="critical" />
      <div class="text">
        <p>
          <strong>{{ since() }}</strong> {{ node().silence?.message | sentence }}
          @if (node().silence; as silence) {
            <span class="quiet">({{ silence.reason }})</span>
          }
        </p>
        @if (node().lastTickMs !== null) {
          <p>When the node is back, the samples that its agent kept fill this gap by themselves.</p>
        }
      </div>
    </section>
  `,
})
export class NodeSilence {
  readonly node = input.required<NodeDetail>();
  readonly #clock = inject(Clock);

  protected readonly since = computed(() => {
    const last = this.node().lastTickMs;
    const now = this.#clock.now();
    if (last === null) return 'This node has never reported.';
    return `Silent for ${formatAge(now - last)}: the last sample is from ${formatMoment(last, now)}.`;
  });
}
