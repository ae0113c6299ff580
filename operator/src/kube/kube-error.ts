import * as z from 'zod';

const cause = z.object({
  reason: z.string().default(''),
  message: z.string().default(''),
  field: z.string().default(''),
});
const statusBody = z.object({
  reason: z.string().default(''),
  message: z.string().default(''),
  details: z.object({ causes: z.array(cause).default([]) }).optional(),
});

/** One of the things that the API server complains of, and where in the object. */
export type Cause = z.infer<typeof cause>;

interface Refusal extends ErrorOptions {
  readonly causes?: readonly Cause[];
  readonly retryAfterMs?: number;
}

/** The API server's refusal, or its silence. */
export class KubeError extends Error {
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** Its word for the kind of refusal, such as AlreadyExists or Expired. */
  readonly reason: string;
  readonly causes: readonly Cause[];
  /** How long it asked to be left alone; 0 when it did not. */
  readonly retryAfterMs: number;

  constructor(message: string, status: number | undefined, reason: string, refusal: Refusal = {}) {
    super(message, refusal);
    this.status = status;
    this.reason = reason;
    this.causes = refusal.causes ?? [];
    this.retryAfterMs = refusal.retryAfterMs ?? 0;
  }

  /** From an answer whose body is a Status (or anything else that a proxy may send). */
  static ofAnswer(what: string, status: number, body: string, retryAfter = ''): KubeError {
    const { reason, message, details } = parseStatus(body);
    const refusal = { causes: details?.causes ?? [], retryAfterMs: retryAfterMsOf(retryAfter) };
    return new KubeError(`${what}: the API server answered ${status}: ${message}`, status, reason, refusal);
  }

  /** From a request that had no answer. */
  static ofSilence(what: string, cause: unknown): KubeError {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new KubeError(`${what}: the API server did not answer: ${why}`, undefined, 'Unreachable', { cause });
  }
}

/** How long the API server asked to be left alone before the next try, in ms; 0 when it did not. */
export function retryAfterMsOfError(error: unknown): number {
  return error instanceof KubeError ? error.retryAfterMs : 0;
}

/** Whether the API server refused with this HTTP status. */
export function isRefusal(error: unknown, status: number): boolean {
  return error instanceof KubeError && error.status === status;
}

const longestRetryAfterSeconds = 300;

/** The API server writes whole seconds (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after). */
function retryAfterMsOf(header: string): number {
  return /^\d{1,9}$/.test(header) ? Math.min(longestRetryAfterSeconds, Number(header)) * 1000 : 0;
}

function parseStatus(body: string): z.infer<typeof statusBody> {
  try {
    return statusBody.parse(JSON.parse(body));
  } catch {
    return { reason: '', message: body.slice(0, 200), details: undefined };
  }
}
