import { HttpErrorResponse } from '@angular/common/http';
import { errorAnswerSchema } from '@docksnap/contract';
import { asSentence } from '../ui/sentence.ts';
import { UnexpectedAnswer } from './unexpected-answer.ts';

/** Why an answer did not come, ready to be shown: what happened, where, and what to do. */
export interface Problem {
  /** The HTTP status; 0 when no answer came at all. */
  readonly status: number;
  /** The API's stable code, or unreachable, timeout, unexpected_answer, failed. */
  readonly code: string;
  readonly message: string;
  /** The path that was asked, without its query. */
  readonly path: string;
  /** For the API's log; null when the answer named none. */
  readonly requestId: string | null;
}

const withoutAnswer = {
  unreachable:
    'The API did not answer. Check that it runs (in a cluster: its pod) and that this page’s address still reaches it.',
  timeout: 'The API did not answer in time. It may be overloaded or waiting for its database.',
};

function pathOf(url: string | null): string {
  return (url ?? '').replace(/\?.*$/, '').replace(/^https?:\/\/[^/]+/, '');
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}

function ofAnswer(error: HttpErrorResponse): Problem {
  const path = pathOf(error.url);
  const answer = errorAnswerSchema.safeParse(error.error);
  if (answer.success) {
    const { code, message, requestId } = answer.data;
    return { status: error.status, code, message: asSentence(message), path, requestId: requestId ?? null };
  }
  if (error.status === 0) {
    const code = isTimeout(error.error) ? 'timeout' : 'unreachable';
    return { status: 0, code, message: withoutAnswer[code], path, requestId: null };
  }
  return {
    status: error.status,
    code: 'failed',
    message: `Something between this page and the API answered ${error.status} in a form that the API does not use: a proxy, or the API while it starts.`,
    path,
    requestId: null,
  };
}

/** Turns whatever a request threw into a problem that can be shown. */
export function toProblem(error: unknown): Problem {
  // A resource wraps what is not an Error of its own realm; the reason is its cause.
  if (error instanceof Error && error.cause !== undefined) return toProblem(error.cause);
  if (error instanceof HttpErrorResponse) return ofAnswer(error);
  if (error instanceof UnexpectedAnswer)
    return { status: 200, code: 'unexpected_answer', message: error.message, path: '', requestId: null };
  return {
    status: 0,
    code: 'failed',
    message: error instanceof Error ? error.message : String(error),
    path: '',
    requestId: null,
  };
}
