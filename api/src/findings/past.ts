import { Injectable } from '@nestjs/common';
import { NodeTracks } from '../series/node-tracks.ts';
import { Work } from '../series/work.ts';
import type { Past } from './judgement.ts';
import { cpuOf, judgedMetrics, memoryOf } from './track-facts.ts';

const stepMs = 5 * 60_000;
const spanMs = 6 * 3_600_000;
/** A past is read again after this long: until then it is one step longer at most. */
const freshMs = 5 * 60_000;

interface Read {
  readonly atMs: number;
  readonly keys: ReadonlySet<string>;
  readonly byKey: ReadonlyMap<string, Past>;
}

/** The last six hours of the few containers that findings want to know more of, from roll-ups. */
@Injectable()
export class Pasts {
  private readonly read = new Map<string, Read>();

  constructor(private readonly tracks: NodeTracks) {}

  /** By key; of those that are not known, or while the database is away, what there is. */
  async of(nodeId: string, keys: ReadonlySet<string>, nowMs: number): Promise<ReadonlyMap<string, Past>> {
    if (keys.size === 0) {
      this.read.delete(nodeId);
      return new Map();
    }
    const before = this.read.get(nodeId);
    if (before !== undefined && nowMs - before.atMs < freshMs && [...keys].every((key) => before.keys.has(key)))
      return before.byKey;
    const toMs = Math.floor(nowMs / stepMs) * stepMs;
    const steps = { fromMs: toMs - spanMs, stepMs, count: spanMs / stepMs };
    const asked = { steps, metricIds: judgedMetrics, work: new Work() };
    const { tracks } = await this.tracks.entities(nodeId, asked, ({ key }) => keys.has(key));
    const byKey = new Map(
      tracks.map((track) => [track.key, { memory: memoryOf(track, steps), cpu: cpuOf(track, steps) }]),
    );
    this.read.set(nodeId, { atMs: nowMs, keys, byKey });
    return byKey;
  }

  forget(nodeId: string): void {
    this.read.delete(nodeId);
  }
}
