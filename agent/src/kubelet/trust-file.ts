import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../log.ts';
import type { RememberedTrust } from './trust.ts';

const fileName = 'kubelet-trust.json';

function parse(text: string): RememberedTrust | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  if (value.kind === 'ClusterCA') return { kind: 'ClusterCA' };
  if (value.kind !== 'Pinned' || !('spkiSha256' in value) || typeof value.spkiSha256 !== 'string') return undefined;
  return { kind: 'Pinned', spkiSha256: value.spkiSha256 };
}

/** Remembers how the kubelet proved itself, in a file beside the spool; in memory alone where that cannot be written. */
export class TrustFile {
  readonly #directory: string;
  readonly #log: Log;
  #remembered: RememberedTrust | undefined;

  constructor(directory: string, log: Log) {
    this.#directory = directory;
    this.#log = log;
  }

  get remembered(): RememberedTrust | undefined {
    return this.#remembered;
  }

  async load(): Promise<void> {
    try {
      this.#remembered = parse(await readFile(path.join(this.#directory, fileName), 'utf8'));
    } catch {
      // No file is the usual first start, and a broken one tells nothing: both mean first use.
      this.#remembered = undefined;
    }
  }

  async remember(trust: RememberedTrust): Promise<void> {
    const text = JSON.stringify(trust);
    if (JSON.stringify(this.#remembered) === text) return;
    this.#remembered = trust;
    this.#log.info('the kubelet proved itself', trust);
    const target = path.join(this.#directory, fileName);
    try {
      await mkdir(this.#directory, { recursive: true });
      await writeFile(`${target}.new`, text);
      await rename(`${target}.new`, target);
    } catch (error) {
      this.#log.warn('cannot keep how the kubelet proved itself; a restart will trust anew', { error: String(error) });
    }
  }
}
