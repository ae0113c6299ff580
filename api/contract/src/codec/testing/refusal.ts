import { expect } from '@jest/globals';
import type { BlockErrorCode } from '../block-error.ts';
import { BlockError } from '../block-error.ts';

/** The BlockError that `act` throws; the test fails for another error, and for none. */
export function refusal(act: () => unknown): BlockError {
  const error = refusalOrNone(act);
  if (error === undefined) throw new Error('it was not refused');
  return error;
}

/** The same, or undefined if nothing is thrown. */
export function refusalOrNone(act: () => unknown): BlockError | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof BlockError) return error;
    throw error;
  }
}

/** Expects a refusal with that code, and with these words in place and message. */
export function expectRefusal(act: () => unknown, code: BlockErrorCode, words: string): void {
  const error = refusal(act);
  expect(error.message).toContain(words);
  expect(error.code).toBe(code);
  expect(error.message.startsWith(error.place)).toBe(true);
}
