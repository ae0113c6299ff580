import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { LivePill } from '../live/live-pill.ts';
import { formatDay, formatMinute, timeZoneName } from '../units.ts';
import { Clock } from './clock.ts';
import { PageTime } from './page-time.ts';
import { TimePicker } from './time-picker.ts';
import { lastRanges, rangeParams, stepLabel, windowAt } from './time-range.ts';

const dayMs = 86_400_000;

/** Rules the time of the page: how far back, live or held. */
@Component({
  selector: 'ds-time-bar',
  imports: [LivePill, RouterLink, TimePicker],
  template: `
    <nav class="segments" aria-label="Time range">
      @for (range of ranges; track range.choice.last) {
        <a
          routerLink="."
          [queryParams]="range.params"
          queryParamsHandling="merge"
          [class.chosen]="range.choice.last === last()"
          [attr.aria-current]="range.choice.last === last() ? 'true' : null"
          >{{ range.choice.label }}</a
        >
      }
    </nav>
    <ds-time-picker />
    <p>{{ span() }}</p>
    <div class="live">
      @if (last() === null) {
        <a class="button" routerLink="." [queryParams]="live" queryParamsHandling="merge">Return to live</a>
      } @else {
        <ds-live-pill />
        <button type="button" class="button" (click)="time.hold()">Hold</button>
      }
    </div>
    @if (time.ignored(); as ignored) {
      <p class="ignored" role="status">{{ ignored }}</p>
    }
  `,
  styleUrl: './time-bar.css',
})
export class TimeBar {
  protected readonly time = inject(PageTime);
  readonly #clock = inject(Clock);
  protected readonly ranges = lastRanges
    .filter((choice) => choice.shown)
    .map((choice) => ({ choice, params: rangeParams({ kind: 'last', choice }) }));
  protected readonly live = rangeParams({ kind: 'last', choice: lastRanges[0] });
  protected readonly last = this.time.last;
  protected readonly span = computed(() => {
    const { fromMs, toMs, stepSeconds } = windowAt(this.time.range(), this.#clock.now());
    const isLong = toMs - fromMs >= dayMs;
    const at = (ms: number) => (isLong ? `${formatDay(ms)}, ${formatMinute(ms)}` : formatMinute(ms));
    const day = this.last() === null && !isLong ? `${formatDay(fromMs)}, ` : '';
    const end = this.last() === null ? at(toMs) : 'now';
    return `${day}${at(fromMs)} – ${end} · ${timeZoneName(toMs)} · step ${stepLabel(stepSeconds)}`;
  });

  constructor() {
    this.time.rule();
  }
}
