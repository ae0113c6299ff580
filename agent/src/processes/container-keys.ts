import { runtimeIdOf } from '../cadvisor/with-seconds.ts';
import { unitKeyOf } from '../machine/residents.ts';
import type { Source } from '../source/source.ts';

/** Deeper cgroups are no container's. */
const deepest = 32;

/** Whose a cgroup is: a container's key; nobody's; or a container's that is not to be told of. */
export type Owner = { readonly kind: 'container'; readonly key: string } | { readonly kind: 'node' | 'unknown' };

/** Remembers which containers a source told of last, to know them by their cgroups. */
export class ContainerKeys {
  #byRuntimeId: ReadonlyMap<string, string> = new Map();
  #keys: ReadonlySet<string> = new Set();

  /** Whether anything was told yet. */
  get isEmpty(): boolean {
    return this.#keys.size === 0;
  }

  /** The same source, with an eye on what it gathers. */
  watching(source: Source): Source {
    return {
      open: () => source.open(),
      close: () => {
        source.close();
      },
      gather: async (tickMs) => {
        const gathered = await source.gather(tickMs);
        const entities = gathered?.block.entities;
        if (entities !== undefined) {
          this.#keys = new Set(entities.map(({ key }) => key));
          const containers = entities.filter(({ kind, runtimeId }) => kind === 'container' && runtimeId !== '');
          this.#byRuntimeId = new Map(containers.map(({ runtimeId, key }) => [runtimeId, key]));
        }
        return gathered;
      },
    };
  }

  /** By the cgroup itself, or by one around it: a container may have cgroups of its own. */
  ownerOf(cgroupPath: string): Owner {
    let path = cgroupPath;
    for (let depth = 0; path.length > 1 && depth < deepest; depth++) {
      const runtimeId = runtimeIdOf(path);
      const key = runtimeId === undefined ? unitKeyOf(path) : this.#byRuntimeId.get(runtimeId);
      if (key !== undefined && this.#keys.has(key)) return { kind: 'container', key };
      if (runtimeId !== undefined) return { kind: 'unknown' };
      path = path.slice(0, path.lastIndexOf('/'));
    }
    return { kind: 'node' };
  }
}
