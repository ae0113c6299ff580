import { BlockError } from './block-error.ts';

/** Runs `act`; what it refuses is refused with the place where that lies, before the place in it. */
export function nested<T>(place: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof BlockError)) throw error;
    const message = error.message.slice(error.place.length + 2);
    throw new BlockError(error.code, `${place}, ${error.place}`, message);
  }
}
