import { setTimeout as wait } from 'node:timers/promises';

/** Waits; a test need not. */
export abstract class Pace {
  abstract wait(ms: number): Promise<void>;
}

export class SystemPace extends Pace {
  override async wait(ms: number): Promise<void> {
    await wait(ms);
  }
}
