import { beforeEach, describe, expect, it } from '@jest/globals';
import type { DockSnapMonitorStatus } from '../generated/monitor.ts';
import type { Monitor } from '../monitor.ts';
import { sampleMonitor } from '../testing/sample-monitor.ts';
import { StatusKeeper } from './keep-status.ts';

describe('the keeper of statuses', () => {
  let written: (readonly [DockSnapMonitorStatus | undefined, DockSnapMonitorStatus])[];
  let keeper: StatusKeeper;

  beforeEach(() => {
    written = [];
    keeper = new StatusKeeper({
      writeStatus: (_monitor, before, status) => {
        written.push([before, status]);
        return Promise.resolve();
      },
    });
  });

  const [one, two]: DockSnapMonitorStatus[] = [{ version: '1' }, { version: '2' }];
  function cached(resourceVersion: string, status?: DockSnapMonitorStatus): Monitor {
    const monitor = sampleMonitor();
    return { ...monitor, metadata: { ...monitor.metadata, resourceVersion }, status };
  }

  it('writes a status once, also while the cache has not seen it', async () => {
    await keeper.write(cached('1'), one ?? {});
    await keeper.write(cached('1'), one ?? {});
    await keeper.write(cached('2', one), one ?? {});
    expect(written).toEqual([[undefined, one]]);
  });

  it('writes over what it wrote before, when the cache lags behind', async () => {
    await keeper.write(cached('1'), one ?? {});
    await keeper.write(cached('1'), two ?? {});
    expect(written.at(-1)).toEqual([one, two]);
  });

  it('believes the cache once that has moved on', async () => {
    await keeper.write(cached('1'), one ?? {});
    expect(keeper.of(cached('2', two))).toEqual(two);
    await keeper.write(cached('2', two), one ?? {});
    expect(written.at(-1)).toEqual([two, one]);
  });

  it('knows nothing of a monitor that it forgot', async () => {
    await keeper.write(cached('1'), one ?? {});
    keeper.forget('docksnap/docksnap');
    expect(keeper.of(cached('1'))).toBeUndefined();
  });
});
