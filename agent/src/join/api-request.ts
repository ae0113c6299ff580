import http, { type IncomingMessage } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import { codeOf, messageOf } from '../errors.ts';
import { identityCheck } from './server-identity.ts';

/** Joining failed; says at which step, and what to do. */
export class JoinError extends Error {}

export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  /** PEM of the authority to trust; undefined: those that this machine knows; `unchecked`: any, for what is no secret. */
  readonly ca: string | undefined;
  readonly isUnchecked?: boolean;
  readonly bearer?: string;
  readonly body?: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly text: string;
}

const timeoutMs = 15_000;
const answerBytes = 256 * 1024;

/** Asks the API once. @throws JoinError naming the step at which no answer was had */
export async function askApi(asked: ApiRequest): Promise<ApiAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await send(asked, signal);
    const chunks: string[] = [];
    let length = 0;
    response.setEncoding('utf8');
    for await (const chunk of response) {
      const text = String(chunk);
      length += text.length;
      if (length > answerBytes) throw new Error(`its answer is longer than ${answerBytes} bytes`);
      chunks.push(text);
    }
    return { status: response.statusCode ?? 0, text: chunks.join('') };
  } catch (error) {
    const cause: unknown = signal.aborted ? signal.reason : error;
    throw new JoinError(`${stepOf(codeOf(cause), asked.url)}: ${messageOf(cause)}`, { cause: error });
  }
}

async function send({ method, url, ca, isUnchecked, bearer, body }: ApiRequest, signal: AbortSignal) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const options: RequestOptions = {
    method,
    signal,
    agent: false,
    headers: {
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    },
    ...(url.protocol === 'http:'
      ? {}
      : {
          minVersion: 'TLSv1.2' as const,
          rejectUnauthorized: isUnchecked !== true,
          ...(ca === undefined ? {} : { ca, checkServerIdentity: identityCheck(ca) }),
        }),
  };
  const { request } = url.protocol === 'http:' ? http : https;
  return new Promise<IncomingMessage>((resolve, reject) => {
    request(url, options, resolve).once('error', reject).end(text);
  });
}

/** What Node's error codes mean as steps of a request, first to last. */
const steps: readonly (readonly [RegExp, (url: URL) => string])[] = [
  [
    /^(ENOTFOUND|EAI_\w+)$/,
    ({ hostname }) => `cannot resolve ${hostname} (is the name right, and known to this machine?)`,
  ],
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EADDRNOTAVAIL)$/,
    ({ origin }) => `cannot connect to ${origin} (is the API there, and does a firewall let this machine through?)`,
  ],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_\w+|EPROTO|ERR_SSL\w*)$/,
    ({ origin }) =>
      `TLS: the certificate of ${origin} is not trusted (give the --ca-cert-hash that came with the token; is the address https?)`,
  ],
  [/^(TimeoutError|ABORT_ERR)$/, ({ origin }) => `${origin} did not answer within ${timeoutMs / 1000} s`],
  [/^/, ({ origin }) => `the connection to ${origin} broke off`],
];

function stepOf(code: string, url: URL): string {
  return steps.find(([codes]) => codes.test(code))?.[1](url) ?? '';
}
