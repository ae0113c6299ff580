import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { Log } from '../log.ts';
import { KubeletError, requestError, statusError } from './kubelet-error.ts';
import type { KubeletTrust, PresentedCertificate, TlsMode } from './trust.ts';
import { decideTrust } from './trust.ts';
import type { TrustFile } from './trust-file.ts';
import { VerifiedAgent } from './verified-agent.ts';

export interface KubeletOptions {
  readonly url: URL;
  readonly nodeName: string;
  readonly tls: TlsMode;
  readonly caFile: string | undefined;
  readonly tokenFile: string | undefined;
  readonly timeoutMs: number;
}

/** What may arrive for one page; more is no page of a kubelet. */
export const pageBytes = 64 * 1024 * 1024;

/** Reads pages of one kubelet over one kept-alive connection. */
export class Kubelet {
  readonly #options: KubeletOptions;
  readonly #trustFile: TrustFile;
  readonly #log: Log;
  readonly #agent: VerifiedAgent;
  #trust: KubeletTrust | undefined;
  /** Kept before anything is believed. */
  #remembering: Promise<void> = Promise.resolve();

  constructor(options: KubeletOptions, trustFile: TrustFile, log: Log) {
    this.#options = options;
    this.#trustFile = trustFile;
    this.#log = log;
    this.#agent = new VerifiedAgent({
      hostname: options.url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(options.url.port || 443),
      nodeName: options.nodeName,
      ca: () => this.#ca(),
      verify: (presented) => {
        this.#verify(presented);
      },
      connectTimeoutMs: options.timeoutMs,
    });
  }

  /** How the kubelet proved itself when the connection was made; undefined before the first. */
  get trust(): KubeletTrust | undefined {
    return this.#trust;
  }

  /**
   * Reads a page and hands its bytes on as they come; they are only lent.
   *
   * @throws KubeletError that names the step at which it failed.
   */
  async read(path: string, take: (chunk: Buffer) => void, maxBytes = pageBytes): Promise<void> {
    const signal = AbortSignal.timeout(this.#options.timeoutMs);
    try {
      const response = await this.#get(path, signal, await this.#token());
      await this.#remembering;
      if (response.statusCode !== 200) {
        response.resume();
        throw statusError(path, response.statusCode ?? 0);
      }
      await receive(response, path, take, maxBytes);
    } catch (error) {
      // What the timeout breaks off fails in many ways; its reason says it in one.
      const cause: unknown = signal.aborted ? signal.reason : error;
      throw requestError(this.#options.url.host, path, cause);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #get(path: string, signal: AbortSignal, token: string | undefined): Promise<IncomingMessage> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return new Promise((resolve, reject) => {
      request(new URL(path, this.#options.url), { agent: this.#agent, headers, signal }, resolve)
        .once('error', reject)
        .end();
    });
  }

  /** Read anew each time: the kubelet renews a projected token in place. */
  async #token(): Promise<string | undefined> {
    const { tokenFile } = this.#options;
    if (tokenFile === undefined) return undefined;
    try {
      return (await readFile(tokenFile, 'utf8')).trim();
    } catch (error) {
      throw new KubeletError('KubeletForbidden', `cannot read the agent's kubelet token: ${String(error)}`);
    }
  }

  #ca(): string | undefined {
    const { caFile } = this.#options;
    if (caFile === undefined) return undefined;
    try {
      return readFileSync(caFile, 'utf8');
    } catch (error) {
      this.#log.warn("cannot read the cluster's CA; the kubelet's certificate cannot be verified by it", {
        error: String(error),
      });
      return undefined;
    }
  }

  #verify(presented: PresentedCertificate): void {
    const decision = decideTrust(this.#options.tls, presented, this.#trustFile.remembered);
    if (!decision.accepted) throw new KubeletError(decision.reason, decision.message);
    this.#trust = decision.trust;
    if (decision.remember !== undefined) this.#remembering = this.#trustFile.remember(decision.remember);
  }
}

async function receive(
  response: IncomingMessage,
  path: string,
  take: (chunk: Buffer) => void,
  maxBytes: number,
): Promise<void> {
  let received = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    received += chunk.length;
    if (received > maxBytes) {
      throw new KubeletError('KubeletPageInvalid', `the kubelet's ${path} is larger than ${maxBytes} bytes`);
    }
    take(chunk);
  }
}
