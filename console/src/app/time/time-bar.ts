import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { LivePill } from '../live/live-pill.ts';
import { formatDay, formatMinute, timeZoneName } from '../units.ts';
import { Clock } from './clock.ts';
import { PageTime } from './page-time.ts';
import { lastRanges, rangeParams, stepLabel, windowAt } from './time-range.ts';

/** Rules the time of the page: how far back, live or held. */
@Component({
  selector: 'ds-time-bar',
  imports: [LivePill, RouterLink],
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
    <p>{{ span() }}</p>
    <div class="live">
      @if (last() === null) {
        <a class="button" routerLink="." [queryParams]="ranges[0]?.params" queryParamsHandling="merge"
          >Return to live</a
        >
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
  protected readonly ranges = lastRanges.map((choice) => ({ choice, params: rangeParams({ kind: 'last', choice }) }));
  protected readonly last = computed(() => {
    const range = this.time.range();
    return range.kind === 'last' ? range.choice.last : null;
  });
  protected readonly span = computed(() => {
    const { fromMs, toMs, stepSeconds } = windowAt(this.time.range(), this.#clock.now());
    const day = this.last() === null ? `${formatDay(fromMs)}, ` : '';
    const end = this.last() === null ? formatMinute(toMs) : 'now';
    return `${day}${formatMinute(fromMs)} – ${end} · ${timeZoneName(toMs)} · step ${stepLabel(stepSeconds)}`;
  });
}
