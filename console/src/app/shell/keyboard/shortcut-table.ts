/** What a key, or two one after the other, asks for. */
export interface Shortcut {
  readonly keys: string;
  readonly words: string;
  readonly wish: string;
}

/** All keys by where they belong; charts have their own in `usage-chart/plot-keys.ts`. */
export const shortcutGroups: readonly { readonly name: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    name: 'Go to',
    shortcuts: [
      { keys: 'Ctrl K', words: 'Command palette', wish: 'palette' },
      { keys: 'g f', words: 'Fleet', wish: 'go /' },
      { keys: 'g w', words: 'Workloads', wish: 'go /workloads' },
      { keys: 'g c', words: 'Containers', wish: 'go /containers' },
      { keys: 'g m', words: 'Compare', wish: 'go /compare' },
      { keys: 'g e', words: 'Events', wish: 'go /events' },
      { keys: 'g t', words: 'Time machine', wish: 'go /time-machine' },
      { keys: 'g s', words: 'Settings', wish: 'go /settings' },
      { keys: 'g a', words: 'About', wish: 'go /about' },
      { keys: '?', words: 'This help', wish: 'help' },
    ],
  },
  {
    name: 'Page',
    shortcuts: [
      { keys: '/', words: 'Filter, or find', wish: 'filter' },
      { keys: 'y', words: 'Copy link with its time', wish: 'link' },
      { keys: 'v t', words: 'Light, dark', wish: 'theme' },
      { keys: 'v d', words: 'Comfortable, compact', wish: 'density' },
    ],
  },
  {
    name: 'Time',
    shortcuts: [
      { keys: '1', words: 'Last 10 minutes', wish: 'last 10m' },
      { keys: '2', words: 'Last hour', wish: 'last 1h' },
      { keys: '3', words: 'Last 6 hours', wish: 'last 6h' },
      { keys: '4', words: 'Last 24 hours', wish: 'last 24h' },
      { keys: '5', words: 'Last 7 days', wish: 'last 7d' },
      { keys: '[', words: 'Back by half', wish: 'move -0.5' },
      { keys: ']', words: 'Forward by half', wish: 'move 0.5' },
      { keys: '+', words: 'Zoom in', wish: 'scale 0.5' },
      { keys: '-', words: 'Zoom out', wish: 'scale 2' },
      { keys: 'z', words: 'Undo zoom', wish: 'back' },
      { keys: 'l', words: 'Hold, or return to live', wish: 'live' },
    ],
  },
];

/** Keys of a chart that has the focus, for the help. */
export const chartKeys: readonly Omit<Shortcut, 'wish'>[] = [
  { keys: '← →', words: 'Move the cursor by a step' },
  { keys: 'Shift ← →', words: 'By ten steps' },
  { keys: 'Home End', words: 'To the first, the last step' },
  { keys: 'Space', words: 'Start a selection' },
  { keys: 'Enter', words: 'Zoom into it' },
  { keys: 'd', words: 'Show as table' },
  { keys: 'Esc', words: 'Leave' },
];

const all = shortcutGroups.flatMap((group) => group.shortcuts);

/** How long the second key of two may take, ms. */
const patienceMs = 1500;

/** Reads keys as they come, one or two to a wish. */
export class KeyReader {
  #first: { readonly key: string; readonly atMs: number } | null = null;

  /** What a key asks for; null while it asks for nothing, or is the first of two. */
  read(key: string, atMs: number): string | null {
    const first = this.#first !== null && atMs - this.#first.atMs <= patienceMs ? `${this.#first.key} ` : '';
    this.#first = null;
    const found = all.find((shortcut) => shortcut.keys === first + key);
    if (found !== undefined) return found.wish;
    if (all.some((shortcut) => shortcut.keys.startsWith(`${key} `))) this.#first = { key, atMs };
    return null;
  }
}
