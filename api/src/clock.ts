/** The server's clock; tests give their own. */
export abstract class Clock {
  /** Unix time in ms. */
  abstract nowMs(): number;
}

export class SystemClock extends Clock {
  override nowMs(): number {
    return Date.now();
  }
}
