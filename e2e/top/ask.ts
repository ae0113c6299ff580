import { errorAnswerSchema } from '@docksnap/contract';
import type * as z from 'zod';
import type { Connection } from './connection.ts';

const timeoutMs = 15_000;

/** No answer, or a refusal; says at which step, and what to do. */
export class AskError extends Error {
  override readonly name = 'AskError';
  /** The API's status; 0 when none came. */
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

export interface Answer<Body> {
  readonly body: Body;
  /** The API's own time, to the second, unix ms. */
  readonly atMs: number;
}

/** Asks the API once. @param path below /api/v1 @throws AskError */
export async function ask<Schema extends z.ZodType>(
  { origin, token }: Connection,
  path: string,
  schema: Schema,
): Promise<Answer<z.output<Schema>>> {
  const { status, text, date } = await answerOf(origin, path, token);
  if (status !== 200) throw new AskError(status, `${origin} answered ${status}: ${sentenceOf(status, text)}`);
  const parsed = schema.safeParse(jsonOf(text));
  if (parsed.success) return { body: parsed.data, atMs: Date.parse(date ?? '') || Date.now() };
  throw new AskError(status, `what ${origin} answered is not DockSnap's, or of another version than this program`);
}

async function answerOf(origin: string, path: string, token: string) {
  try {
    const answer = await fetch(`${origin}/api/v1${path}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      // A token is for this origin and no other.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: answer.status, text: await answer.text(), date: answer.headers.get('date') };
  } catch (error) {
    throw new AskError(0, stepOf(error, new URL(origin)), { cause: error });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const meanings: Readonly<Record<number, string>> = {
  401: 'the read token has expired, was revoked or is mistyped; make a new one',
  403: 'the read token may not see this',
  404: 'there is no DockSnap at this address',
};

/** The API's own words, else what the status means. */
function sentenceOf(status: number, text: string): string {
  const answer = errorAnswerSchema.safeParse(jsonOf(text));
  return answer.success ? answer.data.message : (meanings[status] ?? 'is something else between here and the API?');
}

/** What Node's error codes mean as steps of a request, first to last. */
const steps: readonly (readonly [RegExp, (url: URL, code: string) => string])[] = [
  [
    /^(ENOTFOUND|EAI_\w+)$/,
    ({ hostname }) => `cannot resolve ${hostname}: is the name right, and known to this machine?`,
  ],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/,
    ({ origin }) => `cannot connect to ${origin}: is the API there, and is the port forwarded?`,
  ],
  [
    /^(DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_\w+|ERR_SSL_\w+|EPROTO)$/,
    ({ origin }, code) =>
      `TLS: the certificate of ${origin} is not trusted (${code}): name its authority's PEM file by NODE_EXTRA_CA_CERTS`,
  ],
];

/** Why no answer came: resolving, connecting, TLS or waiting failed. */
export function stepOf(error: unknown, url: URL): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return `${url.origin} did not answer within ${timeoutMs / 1000} s`;
  }
  const { code, words } = causeOf(error);
  const [, step] = steps.find(([codes]) => codes.test(code)) ?? [];
  return step?.(url, code) ?? `the connection to ${url.origin} broke off: ${words}`;
}

/** fetch wraps what went wrong. */
function causeOf(error: unknown): { readonly code: string; readonly words: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return { code: '', words: String(cause) };
  return { code: 'code' in cause ? String(cause.code) : '', words: cause.message };
}
