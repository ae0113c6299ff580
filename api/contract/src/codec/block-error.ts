/**
 * What kind of refusal it is; the API answers malformed 400, too_large 413, unsupported_version 415. `unknown_roster`:
 * the block may be sound, and cannot be read without the roster that it names; the API asks for it by 409.
 */
export type BlockErrorCode = 'malformed' | 'unsupported_version' | 'too_large' | 'unknown_roster';

/** A block or push that is refused. Nothing of it was used. */
export class BlockError extends Error {
  readonly code: BlockErrorCode;
  /** Where it stopped making sense: a byte offset and what was being read there, or a path in the given object. */
  readonly place: string;

  constructor(code: BlockErrorCode, place: string, message: string) {
    super(`${place}: ${message}`);
    this.name = 'BlockError';
    this.code = code;
    this.place = place;
  }
}
