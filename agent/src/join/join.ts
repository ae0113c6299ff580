import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { objectOf, textOf } from '../json.ts';
import { type ApiAnswer, askApi, JoinError } from './api-request.ts';
import type { NewMachine } from './machine.ts';

export interface JoinOptions {
  readonly url: URL;
  readonly token: string;
  /** The name that this machine asks for. */
  readonly name: string;
  /** `sha256:` and the hex digest of the public key of the API's authority; undefined: one that this machine knows. */
  readonly caCertHash: string | undefined;
}

/**
 * Lets this machine join: checks whom it speaks to, makes a key of its own, and gets its identity for the token.
 * @throws JoinError naming the step that failed
 */
export async function join({ url, token, name, caCertHash }: JoinOptions): Promise<NewMachine> {
  const ca = caCertHash === undefined ? undefined : await authority(url, caCertHash);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const answer = await askApi({
    method: 'POST',
    url: at(url, ''),
    ca,
    bearer: token,
    body: { name, publicKey: publicKey.export({ format: 'jwk' }).x },
  });
  if (answer.status !== 201) throw refused(url, answer);
  const given = parsed(answer);
  const [id, givenName] = [textOf(given['id']), textOf(given['name'])];
  if (id === undefined || givenName === undefined) throw notOurs(url);
  const keyPem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  return { id, name: givenName, url: url.href.replace(/\/$/, ''), keyPem, ca };
}

/** The API's authority. It is asked for over an unchecked connection, which is sound: the hash tells whether it is it. */
async function authority(url: URL, wanted: string): Promise<string> {
  const answer = await askApi({ method: 'GET', url: at(url, '/authority'), ca: undefined, isUnchecked: true });
  if (answer.status !== 200) throw refused(url, answer);
  const pem = textOf(parsed(answer)['certificate']);
  if (pem === undefined) {
    throw new JoinError(`TLS: ${url.origin} has no authority of its own; join without --ca-cert-hash`);
  }
  const found = hashOf(pem);
  if (found === wanted) return pem;
  const message = `TLS: ${url.origin} has the authority ${found ?? 'of a certificate that cannot be read'} and not ${wanted}`;
  throw new JoinError(`${message}: it is another API than the one that made the token, or somebody stands between`);
}

function hashOf(pem: string): string | undefined {
  try {
    const key = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
    return `sha256:${createHash('sha256').update(key).digest('hex')}`;
  } catch {
    return undefined;
  }
}

function refused(url: URL, answer: ApiAnswer): JoinError {
  const said = textOf(parsed(answer)['message']) ?? 'see the log of the API or of the proxy before it';
  switch (answer.status) {
    case 401:
      return new JoinError(`401: the token is refused by ${url.origin}: ${said}`);
    case 403:
      return new JoinError(`403: ${url.origin} forbids joining: ${said}`);
    case 404:
      return new JoinError(`404: there is no DockSnap API at ${url.href}, or one that knows no machines yet`);
    default:
      return new JoinError(`${url.origin} answered with status ${answer.status}: ${said}`);
  }
}

function notOurs(url: URL): JoinError {
  return new JoinError(`what answers at ${url.href} is no DockSnap API`);
}

function parsed({ text }: ApiAnswer): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    // A proxy in between may answer with a page of its own.
    return {};
  }
}

function at(url: URL, path: string): URL {
  return new URL(`${url.pathname.replace(/\/$/, '')}/api/v1/machines${path}`, url);
}
