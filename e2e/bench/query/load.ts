import { encodeBlock, encodePush } from '@docksnap/contract/codec';
import { RosterKeeper } from '../../../agent/src/tick/roster-keeper.ts';
import { zstd } from '../../../agent/src/zstd.ts';
import { Poster } from '../api/pushing.ts';
import { type Day, type DayNode, stepMs } from './day.ts';

/** Ticks of a window of ten minutes. */
const perWindow = 60;
const windowsPerPush = 6;
/** What memory holds came tick by tick, as agents push. */
const recentTicks = 95;
/** Nodes that push at the same time. */
const together = 4;

/** Pushes a node's past up to a time, as an agent does that was cut off: what is old goes straight into parts. */
async function pushPast(api: string, poster: Poster, day: Day, node: DayNode, endMs: number): Promise<void> {
  const recentMs = Math.max(day.startMs, endMs - recentTicks * stepMs);
  let { descriptions } = node;
  const blocks: Uint8Array[] = [];
  for (let fromMs = day.startMs; fromMs < recentMs; fromMs += perWindow * stepMs) {
    const ticks = Math.min(perWindow, (recentMs - fromMs) / stepMs);
    blocks.push(encodeBlock(day.block(node, fromMs, ticks), zstd));
  }
  for (let next = 0; next < blocks.length; next += windowsPerPush) {
    await poster.push(api, node.name, encodePush({ descriptions, blocks: blocks.slice(next, next + windowsPerPush) }));
    descriptions = new Map();
  }
}

/** Pushes a node's ticks from a time on up to another: a block for each, as they come live. */
async function pushTicks(
  api: string,
  poster: Poster,
  day: Day,
  node: DayNode,
  [fromMs, endMs]: readonly [number, number],
): Promise<void> {
  const keeper = new RosterKeeper(zstd);
  const rosters = new Map<string, Uint8Array>();
  const blocks: Uint8Array[] = [];
  for (let atMs = fromMs; atMs <= endMs; atMs += stepMs) {
    const { bytes, roster } = keeper.encode(day.block(node, atMs, 1));
    rosters.set(roster.hash, roster.bytes);
    blocks.push(bytes);
  }
  await poster.push(api, node.name, encodePush({ descriptions: node.descriptions, rosters, blocks }));
}

/** Pushes all that a day's nodes have up to a time: first what is old, of all, then what is recent. */
export async function load(
  api: string,
  day: Day,
  nowMs: () => number,
  progress: (line: string) => void,
): Promise<number> {
  const poster = new Poster();
  const each = async (what: string, push: (node: DayNode) => Promise<void>): Promise<void> => {
    let next = 0;
    const work = async (): Promise<void> => {
      for (let node = day.nodes[next++]; node !== undefined; node = day.nodes[next++]) {
        await push(node);
        if (next % 10 === 0) progress(`${what} of ${next} of ${day.nodes.length} nodes`);
      }
    };
    await Promise.all(Array.from({ length: together }, work));
  };
  try {
    const endMs = nowMs();
    await each('the past', async (node) => pushPast(api, poster, day, node, endMs));
    await each('the last 15 minutes', async (node) =>
      pushTicks(api, poster, day, node, [Math.max(day.startMs, endMs - recentTicks * stepMs), endMs]),
    );
    return endMs;
  } finally {
    poster.end();
  }
}

/** Pushes of every node the ticks after a time, up to another. */
export async function goOn(api: string, day: Day, afterMs: number, endMs: number): Promise<void> {
  const poster = new Poster();
  try {
    const range = [afterMs + stepMs, endMs] as const;
    await Promise.all(day.nodes.map(async (node) => pushTicks(api, poster, day, node, range)));
  } finally {
    poster.end();
  }
}
