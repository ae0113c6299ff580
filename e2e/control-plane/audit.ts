import * as z from 'zod';

/** The user whose requests are not written down: it makes whole fleets. */
export const unaudited = 'admin';

/** Every request once, at its end; a watch also at its begin, for its end may be far. */
export const auditPolicy = JSON.stringify({
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'None', users: [unaudited] }, { level: 'Metadata' }],
});

const line = z.object({
  stage: z.string(),
  verb: z.string(),
  requestURI: z.string(),
  user: z.object({ username: z.string().default('') }),
  objectRef: z.object({ resource: z.string().default(''), subresource: z.string().default('') }).optional(),
  responseStatus: z.object({ code: z.number().default(0) }).optional(),
  requestReceivedTimestamp: z.string(),
});

/** One request as the API server saw it. */
export interface AuditedRequest {
  readonly verb: string;
  /** Such as daemonsets, or docksnapmonitors/status; empty for what is no resource. */
  readonly resource: string;
  readonly uri: string;
  readonly code: number;
  readonly atMs: number;
}

/** The requests of one user in an audit log (https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/). */
export function readRequests(log: string, user: string): AuditedRequest[] {
  // The last line may be half written.
  const lines = log.split('\n').filter((text) => text.endsWith('}') && text.includes(`"username":"${user}"`));
  return lines
    .map((text) => line.parse(JSON.parse(text)))
    .filter(({ stage, verb }) => stage === (verb === 'watch' ? 'ResponseStarted' : 'ResponseComplete'))
    .map(({ verb, requestURI, objectRef, responseStatus, requestReceivedTimestamp }) => ({
      verb,
      resource: [objectRef?.resource ?? '', objectRef?.subresource ?? ''].filter((part) => part !== '').join('/'),
      uri: requestURI,
      code: responseStatus?.code ?? 0,
      atMs: Date.parse(requestReceivedTimestamp),
    }));
}

/** Whether a request changes anything. */
export function isWrite({ verb }: AuditedRequest): boolean {
  return !['get', 'list', 'watch'].includes(verb);
}
