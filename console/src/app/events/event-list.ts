import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { EventRecord } from '@docksnap/contract';
import { Clock } from '../time/clock.ts';
import { eventRow } from './event-row.ts';

/** Events, newest first, as many as are given. */
@Component({
  selector: 'ds-event-list',
  imports: [RouterLink],
  template: `
    <ul>
      @for (row of rows(); track row.id) {
        <li>
          <time class="quiet">{{ row.time }}</time>
          <span class="glyph" [class]="row.tone" aria-hidden="true">{{ row.glyph }}</span>
          <p>
            <strong>{{ row.kind }}</strong>
            @if (row.link; as link) {
              <a [routerLink]="link"
                ><bdi>{{ row.name }}</bdi></a
              >
            } @else {
              <bdi>{{ row.name }}</bdi>
            }
            <bdi class="message">{{ row.message }}</bdi>
            @if (row.often) {
              <span class="quiet">{{ row.often }}</span>
            }
          </p>
        </li>
      }
    </ul>
  `,
  styles: `
    li {
      display: grid;
      grid-template-columns: minmax(64px, auto) 16px minmax(0, 1fr);
      gap: var(--sp-4);
      align-items: baseline;
      padding: var(--sp-3) calc(var(--cell-x) + var(--sp-1));
      border-top: 1px solid var(--line);
    }
    p {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--sp-3);
      min-width: 0;
    }
    p > * {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    strong {
      font-weight: var(--fw-medium);
    }
    .message {
      color: var(--text-2);
    }
    .glyph {
      text-align: center;
    }
    .critical {
      color: var(--critical-text);
    }
    .warning {
      color: var(--warning-text);
    }
    .accent {
      color: var(--accent);
    }
    .plain {
      color: var(--text-3);
    }
    @media (max-width: 767px) {
      li {
        grid-template-columns: 16px minmax(0, 1fr);
        gap: 0 var(--sp-3);
      }
      time {
        grid-column: 2;
        grid-row: 2;
        font-size: var(--fs-2);
      }
    }
  `,
})
export class EventList {
  readonly events = input.required<readonly EventRecord[]>();
  readonly #clock = inject(Clock);
  protected readonly rows = computed(() => this.events().map((event) => eventRow(event, this.#clock.read())));
}
