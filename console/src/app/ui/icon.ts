import { Component, computed, input } from '@angular/core';

const paths = {
  back: 'M10 3 5 8l5 5',
  chart: 'M2 11l3.5-5 3 3.5L13.5 3M2 14h12',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5V2.5h8v8h-3M2.5 5.5h8v8h-8z',
  dark: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5Z',
  done: 'M3 8.5l3.5 3.5L13 4.5',
  compare: 'M2 11l3-5 3 3 3-6 3 4M2 14h12',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  down: 'M4 6l4 4 4-4',
  filter: 'M2 4h12M4.5 8h7M6.5 12h3',
  events: 'M2.5 4h.01M2.5 8h.01M2.5 12h.01M5.5 4h8M5.5 8h8M5.5 12h8',
  fleet: 'M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z',
  containers: 'M8 1.8 13.5 5v6L8 14.2 2.5 11V5ZM2.5 5 8 8.1 13.5 5M8 8.1v6.1',
  workloads: 'M8 2 14 5 8 8 2 5ZM2 8l6 3 6-3M2 11l6 3 6-3',
  grow: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  keyboard: 'M1.5 4h13v8h-13zM4 7h0M6.5 7h0M9 7h0M11.5 7h0M5 9.7h6',
  light:
    'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M3 13l1.2-1.2M11.8 4.2 13 3',
  link: 'M6.5 9.5 9.5 6.5M7.5 4.5 9 3a2.8 2.8 0 0 1 4 4l-1.5 1.5M8.5 11.5 7 13a2.8 2.8 0 0 1-4-4l1.5-1.5',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  node: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h0M5 11h0',
  past: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.5v2.8h2.8M8 5.2V8l2 1.4',
  save: 'M8 2v8M4.5 6.8 8 10.3l3.5-3.5M2.5 13.5h11',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.5 10.5 14 14',
  settings: 'M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M10.5 3v3M5.5 10v3',
  shrink: 'M6 2.5V6H2.5M10 2.5V6h3.5M13.5 10H10v3.5M2.5 10H6v3.5',
  system: 'M2 3h12v8H2zM5.5 13.5h5',
  table: 'M2 3.5h12M2 8h12M2 12.5h12',
} as const;

export type IconName = keyof typeof paths;

/** A line icon, 16 px; the button around it carries the words. */
@Component({
  selector: 'ds-icon',
  template: `
    <svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" aria-hidden="true">
      <path [attr.d]="path()" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => paths[this.name()]);
}
