/** An observer of elements that have no size, as all of jsdom's. */
export class FakeResizeObserver implements ResizeObserver {
  disconnect(): void {
    // Nothing is observed.
  }

  observe(): void {
    // As above.
  }

  unobserve(): void {
    // As above.
  }
}
