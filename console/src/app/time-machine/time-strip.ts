import { Component, computed, type ElementRef, input, output, signal, viewChild } from '@angular/core';
import type { RangeWindow } from '../time/time-range.ts';
import { coresNumber, formatClock, formatDay } from '../units.ts';
import type { Values } from '../usage-chart/chart.ts';
import type { Moment } from './moments.ts';
import { areaPath, box, keyMoment, percent, stripTicks } from './strip-shape.ts';

const lanes = [
  { kind: 'oom', name: 'OOM kills', glyph: '✕' },
  { kind: 'exit', name: 'Exits', glyph: '○' },
] as const;

/** The past as a strip: what all used together, what ended when, and one cursor that is dragged or moved by keys. */
@Component({
  selector: 'ds-time-strip',
  templateUrl: './time-strip.html',
  styleUrl: './time-strip.css',
})
export class TimeStrip {
  readonly window = input.required<RangeWindow>();
  readonly atMs = input.required<number>();
  readonly timestamps = input<readonly number[]>([]);
  /** Cores that everything used together. */
  readonly cores = input<Values>([]);
  readonly moments = input<readonly Moment[]>([]);
  /** Somebody moved the cursor there, unix ms: by small steps, or by letting it go. */
  readonly moved = output<number>();

  protected readonly frame = viewChild.required<ElementRef<HTMLElement>>('frame');
  /** Where the cursor is being dragged. */
  readonly #draggedMs = signal<number | null>(null);
  protected readonly box = box;
  protected readonly shownMs = computed(() => this.#draggedMs() ?? this.atMs());
  protected readonly left = computed(() => Math.min(100, Math.max(0, percent(this.window(), this.shownMs()))));
  protected readonly words = computed(() => `${formatDay(this.shownMs())}, ${formatClock(this.shownMs())}`);
  protected readonly clock = computed(() => formatClock(this.shownMs()));
  protected readonly ticks = computed(() => stripTicks(this.window()));
  readonly #top = computed(() => Math.max(0.001, ...this.cores().filter((value) => value !== null)) * 1.1);
  protected readonly topWords = computed(() => coresNumber(this.#top(), this.#top() < 10 ? 1 : 0));
  protected readonly path = computed(() =>
    areaPath({ timestamps: this.timestamps(), values: this.cores() }, this.window(), this.#top()),
  );
  protected readonly lanes = computed(() =>
    lanes.map((lane) => ({
      ...lane,
      marks: this.moments()
        .filter(({ kind, atMs }) => kind === lane.kind && atMs >= this.window().fromMs && atMs <= this.window().toMs)
        .map((moment) => ({ moment, left: percent(this.window(), moment.atMs) })),
    })),
  );

  protected press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const wanted = keyMoment(event, this.atMs(), this.window());
    if (wanted === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.moved.emit(wanted);
  }

  protected down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.frame().nativeElement.setPointerCapture(event.pointerId);
    this.#draggedMs.set(this.#momentAt(event));
  }

  protected drag(event: PointerEvent): void {
    if (this.#draggedMs() !== null) this.#draggedMs.set(this.#momentAt(event));
  }

  protected drop(): void {
    const wanted = this.#draggedMs();
    this.#draggedMs.set(null);
    if (wanted !== null) this.moved.emit(wanted);
  }

  protected cancel(): void {
    this.#draggedMs.set(null);
  }

  #momentAt(event: PointerEvent): number {
    const { left, width } = this.frame().nativeElement.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / Math.max(1, width)));
    const { fromMs, toMs } = this.window();
    return Math.round(fromMs + share * (toMs - fromMs));
  }
}
