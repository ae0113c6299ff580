import { Component, input } from '@angular/core';
import { Mark } from './mark.ts';
import { SentencePipe } from './sentence-pipe.ts';

/** Says that an answer is not whole, and why. */
@Component({
  selector: 'ds-partial-note',
  imports: [Mark, SentencePipe],
  template: `
    <p class="note" role="status">
      <ds-mark kind="unknown" />
      <span class="text"><strong>Not all is here.</strong> {{ reason() | sentence }}</span>
    </p>
  `,
})
export class PartialNote {
  readonly reason = input.required<string>();
}
