import * as z from 'zod';

const statusBody = z.object({ reason: z.string().default(''), message: z.string().default('') });

/** The API server's refusal, or its silence. */
export class KubeError extends Error {
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** Its word for the kind of refusal, such as AlreadyExists or Expired. */
  readonly reason: string;

  constructor(message: string, status: number | undefined, reason: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.reason = reason;
  }

  /** From an answer whose body is a Status (or anything else that a proxy may send). */
  static ofAnswer(what: string, status: number, body: string): KubeError {
    const { reason, message } = parseStatus(body);
    return new KubeError(`${what}: the API server answered ${status}: ${message}`, status, reason);
  }

  /** From a request that had no answer. */
  static ofSilence(what: string, cause: unknown): KubeError {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new KubeError(`${what}: the API server did not answer: ${why}`, undefined, 'Unreachable', { cause });
  }
}

/** Whether the API server refused with this HTTP status. */
export function isRefusal(error: unknown, status: number): boolean {
  return error instanceof KubeError && error.status === status;
}

function parseStatus(body: string): z.infer<typeof statusBody> {
  try {
    return statusBody.parse(JSON.parse(body));
  } catch {
    return { reason: '', message: body.slice(0, 200) };
  }
}
