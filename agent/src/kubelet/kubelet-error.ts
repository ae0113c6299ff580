import type { ProblemReason } from '../problems.ts';

/** A page could not be read; says at which step, and what to do. */
export class KubeletError extends Error {
  readonly reason: ProblemReason;

  constructor(reason: ProblemReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** What a status other than 200 means for the agent's rights or the page. */
export function statusError(path: string, status: number): KubeletError {
  switch (status) {
    case 401:
      return new KubeletError(
        'KubeletForbidden',
        `the kubelet does not accept the agent's token for ${path} (401): enable webhook authentication in the kubelet`,
      );
    case 403:
      return new KubeletError(
        'KubeletForbidden',
        `the kubelet forbids ${path} (403): grant the agent's ServiceAccount get on ${rightFor(path)}`,
      );
    case 404:
      return new KubeletError('KubeletPageInvalid', `the kubelet has no page ${path} (404): check its version and address`);
    default:
      return new KubeletError('KubeletPageInvalid', `the kubelet answered ${path} with status ${status}`);
  }
}

function rightFor(path: string): string {
  return path === '/pods' ? 'nodes/pods (known to Kubernetes 1.33 and later)' : 'nodes/metrics';
}

const resolveCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL']);
const connectCodes = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EADDRNOTAVAIL']);

/** The step at which a request failed, from the error that Node gave. */
export function requestError(address: string, path: string, cause: unknown): KubeletError {
  if (cause instanceof KubeletError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const detail = cause instanceof Error ? cause.message : String(cause);
  const unreachable = (message: string) => new KubeletError('KubeletUnreachable', message, { cause });
  if (resolveCodes.has(code)) return unreachable(`cannot resolve the kubelet's address ${address}: ${detail}`);
  if (connectCodes.has(code)) return unreachable(`cannot connect to the kubelet at ${address}: ${detail}`);
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    return unreachable(`the kubelet at ${address} did not send ${path} in time: raise the scrape timeout if it is slow`);
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return unreachable(`no TLS connection to the kubelet at ${address}: ${detail}`);
  }
  return unreachable(`the kubelet at ${address} broke off ${path}: ${detail}`);
}
