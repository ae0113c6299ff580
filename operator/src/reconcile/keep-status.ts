import { isDeepStrictEqual } from 'node:util';
import type { DockSnapMonitorStatus } from '../generated/monitor.ts';
import type { Writes } from '../kube/writes.ts';
import type { Monitor } from '../monitor.ts';
import { keyOf } from '../monitor.ts';

interface Written {
  readonly status: DockSnapMonitorStatus;
  /** The monitor's version in the cache when it was written: a cache that still has it lags behind. */
  readonly overVersion: string;
}

/** Writes statuses, only when they change, and knows them before the cache does. */
export class StatusKeeper {
  readonly #writes: Pick<Writes, 'writeStatus'>;
  readonly #written = new Map<string, Written>();

  constructor(writes: Pick<Writes, 'writeStatus'>) {
    this.#writes = writes;
  }

  /** The newest status known: the one in the cache, or the one that was written since. */
  of(monitor: Monitor): DockSnapMonitorStatus | undefined {
    const written = this.#written.get(keyOf(monitor.metadata));
    return written?.overVersion === monitor.metadata.resourceVersion ? written.status : monitor.status;
  }

  async write(monitor: Monitor, status: DockSnapMonitorStatus): Promise<void> {
    const before = this.of(monitor);
    if (isDeepStrictEqual(before, status)) return;
    await this.#writes.writeStatus(monitor, before, status);
    this.#written.set(keyOf(monitor.metadata), { status, overVersion: monitor.metadata.resourceVersion });
  }

  forget(monitorKey: string): void {
    this.#written.delete(monitorKey);
  }
}
