import { Component, computed, input } from '@angular/core';
import { usageLevel } from './usage-level.ts';

/** How much of something is used: a bar, with a tick at what is requested. What is old is hatched. */
@Component({
  selector: 'ds-usage-bar',
  // Without something to measure by, an empty bar would look like no use at all.
  host: { '[class.none]': 'share() === null && !old()' },
  template: `
    @if (old() && share() === null) {
      <span class="fill old"></span>
    } @else if (share(); as share) {
      <span class="fill" [class]="level()" [class.old]="old()" [style.width.%]="share.used * 100"></span>
      @if (share.tick !== null) {
        <span class="tick" [style.left.%]="share.tick * 100"></span>
      }
    }
  `,
  styles: `
    :host {
      position: relative;
      display: block;
      height: var(--bar-h);
      min-width: 40px;
      border-radius: var(--r-1);
      background: var(--bar-track);
    }
    :host(.none) {
      visibility: hidden;
    }
    .fill {
      display: block;
      height: 100%;
      border-radius: var(--r-1);
      background: var(--bar-fill);
    }
    .warning {
      background: var(--warning-mark);
    }
    .critical {
      background: var(--critical-mark);
    }
    .old {
      background: repeating-linear-gradient(135deg, var(--unknown-mark) 0 1.5px, transparent 1.5px 4px);
    }
    .tick {
      position: absolute;
      top: -3px;
      bottom: -3px;
      width: 2px;
      margin-left: -1px;
      background: var(--bar-tick);
    }
    @media (forced-colors: active) {
      :host {
        outline: 1px solid CanvasText;
      }
    }
  `,
})
export class UsageBar {
  readonly used = input.required<number | null>();
  readonly of = input.required<number | null>();
  readonly requested = input<number | null>(null);
  /** A memory limit: close to it a container is about to be killed. */
  readonly kills = input(false);
  readonly old = input(false);

  protected readonly share = computed(() => {
    const used = this.used();
    const whole = this.of();
    if (used === null || whole === null || whole <= 0) return null;
    const requested = this.requested();
    return {
      used: Math.min(1, Math.max(0, used / whole)),
      tick: requested === null ? null : Math.min(1, Math.max(0, requested / whole)),
    };
  });
  protected readonly level = computed(() => usageLevel(this.share()?.used ?? 0, this.kills()));
}
