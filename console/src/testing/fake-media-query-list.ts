/** A media query that never matches: a wide window and a light system. */
export class FakeMediaQueryList extends EventTarget implements MediaQueryList {
  readonly matches = false;
  onchange = null;

  constructor(readonly media: string) {
    super();
  }

  addListener(): void {
    // Deprecated; nothing ever changes.
  }

  removeListener(): void {
    // As above.
  }
}
