import type { Drill, Row } from '../drill.ts';
import { rebooted, stepped, stopped } from './clocks.ts';
import { cloned } from './clones.ts';
import { cursorGone, flipped, rejected, torn } from './damage.ts';
import { failingSync, fullDisk, unwritableBuffer } from './disk.ts';
import { oneAgainstAll } from './isolation.ts';
import { brokenIsFound, killed, killedInOutage, terminated } from './kills.ts';
import { capReached, dayWithoutApi } from './long-outage.ts';
import { blackHole, repliesCut, resets, slowLine } from './network.ts';
import { Site } from './site.ts';

type Part = (site: Site) => Promise<readonly Row[]>;

/** By the number of the fault, in the order in which they run. */
const parts: Readonly<Record<string, Part>> = {
  D1: dayWithoutApi,
  D3: terminated,
  D4: killedInOutage,
  broken: brokenIsFound,
  D5: torn,
  D6: flipped,
  D7: cursorGone,
  D8: fullDisk,
  D9: failingSync,
  D10: unwritableBuffer,
  D11: capReached,
  D12: stopped,
  D13: async (site) => [...(await stepped(site, 1)), ...(await stepped(site, -1))],
  D14: rebooted,
  D15: cloned,
  D16: repliesCut,
  D17: blackHole,
  D18: slowLine,
  D19: resets,
  D28: oneAgainstAll,
  D30: rejected,
  D2: killed,
};

export const drill: Drill = {
  title: 'The agent as a process, a kubelet that replays real pages, a real API: each fault ends with the ledger',
  expectedMinutes: 30,
  parts: Object.keys(parts),
  async run({ folder, progress, only = [] }) {
    progress('an API of its own, with a database and an API server of Kubernetes');
    const site = await Site.start(folder);
    try {
      const rows: Row[] = [];
      for (const [name, part] of Object.entries(parts)) {
        if (only.length > 0 && !only.includes(name)) continue;
        progress(name);
        rows.push(...(await part(site)));
      }
      return rows;
    } finally {
      await site.stop();
    }
  },
};
