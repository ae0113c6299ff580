import type { Description } from '@docksnap/contract';
import { descriptionHash } from '@docksnap/contract/codec';
import { sha256 } from '../sha256.ts';

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
