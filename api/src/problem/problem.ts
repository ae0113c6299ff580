import { HttpException } from '@nestjs/common';

interface Details {
  /** The query parameter or body field at fault. */
  readonly parameter?: string;
  /** Byte offset or path where a block stopped making sense. */
  readonly place?: string;
  /** After how many seconds a repeat may succeed: becomes Retry-After. */
  readonly retryAfterSeconds?: number;
  /** Further members of the answer, for programs. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * An answer that is not 2xx, as errorAnswerSchema describes it: a stable code for programs, and a sentence that says
 * what happened, to what, and what to do.
 */
export class Problem extends HttpException {
  readonly code: string;
  readonly details: Details;

  constructor(status: number, code: string, message: string, details: Details = {}) {
    super(message, status, { cause: details.cause });
    this.code = code;
    this.details = details;
  }
}
