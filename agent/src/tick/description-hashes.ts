import { createHash } from 'node:crypto';
import type { Description } from '@docksnap/contract';
import type { Sha256 } from '@docksnap/contract/codec';
import { descriptionHash } from '@docksnap/contract/codec';

const sha256: Sha256 = (content) => createHash('sha256').update(content).digest('hex');

/** Hashes each description once: the same objects stand in every tick until the pod list is read again. */
export class DescriptionHashes {
  readonly #hashes = new WeakMap<Description, string>();

  of(description: Description): string {
    const known = this.#hashes.get(description);
    if (known !== undefined) return known;
    const hash = descriptionHash(description, sha256);
    this.#hashes.set(description, hash);
    return hash;
  }
}
