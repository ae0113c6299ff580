import { readFile } from 'node:fs/promises';
import { readMachine } from '../join/machine.ts';
import { machineToken } from '../join/machine-token.ts';

/** What proves to the API whose pushes these are. */
export interface Credential {
  /** The bearer token to show now; undefined: none. */
  token(nowMs: number): Promise<string | undefined>;
  /** The API's clock, as its Date header says, when this machine's showed `nowMs`. */
  heard(date: string | undefined, nowMs: number): void;
}

/** A file that the kubelet renews. */
export class TokenFile implements Credential {
  readonly #file: string | undefined;

  constructor(file: string | undefined) {
    this.#file = file;
  }

  async token(): Promise<string | undefined> {
    return this.#file === undefined ? undefined : (await readFile(this.#file, 'utf8')).trim();
  }

  heard(): void {
    // Whoever made the token has said how long it is good.
  }
}

/**
 * Tokens that this machine signs. A machine's clock may be hours off: after the first answer, be it a refusal, tokens
 * are made by the API's clock.
 */
export class MachineCredential implements Credential {
  readonly #directory: string;
  #aheadMs = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async token(nowMs: number): Promise<string> {
    const machine = await readMachine(this.#directory);
    if (machine === undefined) throw new Error(`${this.#directory} holds no machine's identity any more`);
    return machineToken(machine, nowMs + this.#aheadMs);
  }

  heard(date: string | undefined, nowMs: number): void {
    const apiMs = Date.parse(date ?? '');
    if (!Number.isNaN(apiMs)) this.#aheadMs = apiMs - nowMs;
  }
}
