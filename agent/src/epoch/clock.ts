/** The process's clocks, injected so that tests can turn them. */
export interface Clock {
  /** Unix ms; may be stepped at any time. */
  wallMs(): number;
  /** Ms from some fixed moment; never stepped. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
