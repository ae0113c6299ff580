import { codeOf, messageOf } from '../errors.ts';
import type { ProblemReason } from '../problems.ts';

/** Something beside the kubelet could not be read; says at which step, and what to do. */
export class ReadError extends Error {
  readonly reason: ProblemReason;
  /** Of the answer, where there was one. */
  readonly status: number | undefined;

  constructor(reason: ProblemReason, message: string, options?: ErrorOptions & { status?: number }) {
    super(message, options);
    this.reason = reason;
    this.status = options?.status;
  }
}

const steps: readonly { readonly codes: RegExp; readonly says: string }[] = [
  { codes: /^(ENOTFOUND|EAI_\w+)$/, says: 'cannot resolve the address of' },
  { codes: /^(EACCES|EPERM)$/, says: 'may not open the socket of' },
  { codes: /^ENOENT$/, says: 'finds no socket of' },
  { codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EADDRNOTAVAIL)$/, says: 'cannot connect to' },
  { codes: /^(TimeoutError|AbortError|ABORT_ERR)$/, says: 'got no whole answer in time from' },
  { codes: /^/, says: 'was broken off by' },
];

/** The step at which a request failed, from the error that Node gave. */
export function readError(reason: ProblemReason, whom: string, cause: unknown): ReadError {
  if (cause instanceof ReadError) return cause;
  const says = steps.find(({ codes }) => codes.test(codeOf(cause)))?.says ?? '';
  return new ReadError(reason, `the agent ${says} ${whom}: ${messageOf(cause)}`, { cause });
}
