import { objectOf, textOf } from '../json.ts';

/** What the API's answer means for the ticks that were pushed. */
export type Answer =
  | { readonly kind: 'stored' }
  /** Nothing was stored; send again with the descriptions and rosters of these hashes. */
  | { readonly kind: 'need'; readonly hashes: readonly string[] }
  /** It will never be taken in this form. */
  | { readonly kind: 'rejected'; readonly message: string }
  /** Not from this agent, as it is now; the data may be fine. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Another agent of this node began later and pushes: ticks since then are not taken beside its own. */
  | { readonly kind: 'superseded'; readonly message: string }
  /** The API is older than this agent: it waits for the upgrade. */
  | { readonly kind: 'unsupported'; readonly message: string }
  | { readonly kind: 'later'; readonly message: string; readonly retryAfterMs: number | undefined };

/** The answer's meaning, from its status, its Retry-After header and its JSON body (ErrorAnswer or NeedAnswer). */
export function interpretAnswer(status: number, retryAfter: string | undefined, body: string, nowMs: number): Answer {
  if (status >= 200 && status < 300) return { kind: 'stored' };
  const answer = parseBody(body);
  const message = `${status} ${textOf(answer['code']) ?? ''}: ${textOf(answer['message']) ?? body.slice(0, 200)}`;
  if (status === 409 && answer['code'] === 'need') {
    return { kind: 'need', hashes: [...hashesOf(answer['need']), ...hashesOf(answer['rosters'])] };
  }
  if (status === 409 && answer['code'] === 'superseded') return { kind: 'superseded', message };
  const kind = meanings.get(status);
  return kind === undefined
    ? { kind: 'later', message, retryAfterMs: parseRetryAfter(retryAfter, nowMs) }
    : { kind, message };
}

const meanings: ReadonlyMap<number, 'rejected' | 'refused' | 'unsupported'> = new Map([
  [400, 'rejected'],
  [401, 'refused'],
  [403, 'refused'],
  [409, 'rejected'],
  [413, 'rejected'],
  [415, 'unsupported'],
  [422, 'rejected'],
]);

function parseBody(body: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(body));
  } catch {
    // A proxy in between may answer with a page of its own.
    return {};
  }
}

function hashesOf(need: unknown): string[] {
  return Array.isArray(need) ? need.filter((hash) => typeof hash === 'string') : [];
}

/** Seconds or a date (RFC 9110, 10.2.3) as ms from now. */
function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  const waitMs = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}
