import { codeOf, messageOf } from '../errors.ts';
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
      return new KubeletError(
        'KubeletPageInvalid',
        `the kubelet has no page ${path} (404): check its version and address`,
      );
    default:
      return new KubeletError('KubeletPageInvalid', `the kubelet answered ${path} with status ${status}`);
  }
}

function rightFor(path: string): string {
  return path === '/pods' ? 'nodes/pods (known to Kubernetes 1.33 and later)' : 'nodes/metrics';
}

/** What Node's error codes mean as steps of a request. */
const steps: readonly { readonly codes: RegExp; readonly says: (address: string, path: string) => string }[] = [
  { codes: /^(ENOTFOUND|EAI_\w+)$/, says: (address) => `cannot resolve the kubelet's address ${address}` },
  {
    codes: /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EADDRNOTAVAIL)$/,
    says: (address) => `cannot connect to the kubelet at ${address}`,
  },
  { codes: /^(EPROTO|ERR_SSL\w*)$/, says: (address) => `no TLS connection to the kubelet at ${address}` },
  {
    codes: /^TimeoutError$/,
    says: (address, path) =>
      `the kubelet at ${address} did not send ${path} in time, raise the scrape timeout if it is slow`,
  },
  { codes: /^/, says: (address, path) => `the kubelet at ${address} broke off ${path}` },
];

/** The step at which a request failed, from the error that Node gave. */
export function requestError(address: string, path: string, cause: unknown): KubeletError {
  if (cause instanceof KubeletError) return cause;
  const says = steps.find(({ codes }) => codes.test(codeOf(cause)))?.says(address, path) ?? '';
  return new KubeletError('KubeletUnreachable', `${says}: ${messageOf(cause)}`, { cause });
}
