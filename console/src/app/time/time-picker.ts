import { CdkTrapFocus } from '@angular/cdk/a11y';
import { CdkConnectedOverlay, CdkOverlayOrigin } from '@angular/cdk/overlay';
import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../ui/icon.ts';
import { timeZone, timeZoneName } from '../units.ts';
import { Clock } from './clock.ts';
import { PageTime } from './page-time.ts';
import { fromTimeInput, toTimeInput } from './time-input.ts';
import { fixedRange, lastRanges, longestSpanMs, rangeParams, shortestSpanMs } from './time-range.ts';

/** All ranges that end now, and two fields for any other stretch of time. */
@Component({
  selector: 'ds-time-picker',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin, CdkTrapFocus, Icon, RouterLink],
  template: `
    <button
      type="button"
      class="button"
      cdkOverlayOrigin
      #origin="cdkOverlayOrigin"
      aria-haspopup="dialog"
      [attr.aria-expanded]="isOpen()"
      (click)="toggle()"
    >
      {{ label() }} <ds-icon name="down" />
    </button>
    <ng-template
      cdkConnectedOverlay
      [cdkConnectedOverlayOrigin]="origin"
      [cdkConnectedOverlayOpen]="isOpen()"
      (overlayOutsideClick)="isOpen.set(false)"
      (detach)="isOpen.set(false)"
    >
      <div class="menu picker" role="dialog" aria-label="Time range" cdkTrapFocus cdkTrapFocusAutoCapture>
        <nav aria-label="Ranges that end now">
          @for (range of ranges; track range.choice.last) {
            <a
              routerLink="."
              class="button"
              [queryParams]="range.params"
              queryParamsHandling="merge"
              [class.primary]="range.choice.last === last()"
              [attr.aria-current]="range.choice.last === last() ? 'true' : null"
              (click)="isOpen.set(false)"
              >{{ range.choice.label }}</a
            >
          }
        </nav>
        <form (submit)="show($event, from.value, to.value)">
          <label>From<input #from type="datetime-local" class="field" required [value]="fields().from" /></label>
          <label>To<input #to type="datetime-local" class="field" required [value]="fields().to" /></label>
          <button type="submit" class="button primary">Show</button>
          <p class="quiet">{{ zone() }}; as far back as samples are kept.</p>
          @if (wrong()) {
            <p class="wrong" role="alert">{{ wrong() }}</p>
          }
        </form>
      </div>
    </ng-template>
  `,
  styleUrl: './time-picker.css',
})
export class TimePicker {
  readonly #time = inject(PageTime);
  readonly #clock = inject(Clock);
  protected readonly isOpen = signal(false);
  protected readonly wrong = signal('');
  protected readonly ranges = lastRanges.map((choice) => ({ choice, params: rangeParams({ kind: 'last', choice }) }));
  protected readonly last = this.#time.last;
  protected readonly label = computed(() => {
    const range = this.#time.range();
    return range.kind === 'last' && !range.choice.shown ? range.choice.label : 'Custom…';
  });
  /** The window at the moment of opening. */
  protected readonly fields = signal({ from: '', to: '' });
  protected readonly zone = computed(() => timeZoneName(this.#clock.read()));

  protected toggle(): void {
    const { fromMs, toMs } = this.#time.window();
    this.fields.set({ from: toTimeInput(fromMs, timeZone() === 'UTC'), to: toTimeInput(toMs, timeZone() === 'UTC') });
    this.wrong.set('');
    this.isOpen.update((open) => !open);
  }

  protected show(event: Event, from: string, to: string): void {
    event.preventDefault();
    const [fromMs, toMs] = [from, to].map((value) => fromTimeInput(value, timeZone() === 'UTC'));
    if (fromMs === undefined || toMs === undefined || !(toMs - fromMs >= shortestSpanMs))
      this.wrong.set('From must lie at least a minute before To.');
    else if (toMs - fromMs > longestSpanMs) this.wrong.set('From must lie at most two years before To.');
    else {
      this.isOpen.set(false);
      this.#time.show(fixedRange(fromMs, toMs));
    }
  }
}
