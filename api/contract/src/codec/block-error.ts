/** What kind of refusal it is; the API answers malformed 400, too_large 413, unsupported_version 415. */
export type BlockErrorCode = 'malformed' | 'unsupported_version' | 'too_large';

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
