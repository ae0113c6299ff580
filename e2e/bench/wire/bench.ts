import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentReport, Block } from '@docksnap/contract';
import type { NamedRoster } from '@docksnap/contract/codec';
import { decodePush, decodeRoster, encodeBlock, encodePush, mergeBlocks } from '@docksnap/contract/codec';
import { Transport } from '../../../agent/src/push/transport.ts';
import { sha256 } from '../../../agent/src/sha256.ts';
import { RosterKeeper } from '../../../agent/src/tick/roster-keeper.ts';
import { zstd } from '../../../agent/src/zstd.ts';
import type { Bench, BenchContext, Row } from '../harness/bench.ts';
import { fleetOf, ownClocks, readRecording, samplesOf, tickOf } from '../recording/recording.ts';

const containers = 60;
const ticks = 30;
const stepSeconds = 10;
/** About what a projected ServiceAccount token has. */
const tokenBytes = 1000;

/** As a healthy agent reports. */
function reportAt(tick: Block): AgentReport {
  const [sentAtMs = 0] = tick.tickTimes;
  return {
    agentVersion: '0.1.0',
    intervalMs: stepSeconds * 1000,
    sentAtMs,
    ledger: [{ epoch: tick.epoch, collected: tick.firstSeq, dropped: {} }],
    backlogTicks: 0,
    backlogBytes: 0,
    kubeletTrust: 'ClusterCA',
    problems: [],
  };
}

/** An API's end of the line, which counts what comes in. */
async function countingServer() {
  const received = new Map<Socket, number>();
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      received.set(request.socket, request.socket.bytesRead);
      response.writeHead(200).end('{"stored":1,"duplicate":0}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    end: async () => {
      server.close();
      await once(server, 'close');
      return [...received.values()].reduce((sum, bytes) => sum + bytes, 0);
    },
  };
}

/** Sends bodies as the agent does; returns the bytes on the socket, headers and token included. */
async function bytesOnSocket(folder: string, bodies: readonly Uint8Array[]): Promise<number> {
  const tokenFile = join(folder, 'token');
  await writeFile(tokenFile, 't'.repeat(tokenBytes));
  const server = await countingServer();
  const transport = new Transport({ urls: [server.url], caFile: undefined, tokenFile, timeoutMs: 10_000 });
  for (const body of bodies) {
    const { kind } = await transport.post(body);
    if (kind !== 'stored') throw new Error(`a push was answered ${kind}`);
  }
  transport.close();
  return server.end();
}

async function run(context: BenchContext): Promise<readonly Row[]> {
  const recording = readRecording();
  const fleet = fleetOf(containers, recording.startMs, 380);
  const clock = ownClocks(containers, ticks, stepSeconds);
  const blocks = Array.from({ length: ticks }, (_, tick) => tickOf(recording, fleet, clock, tick, stepSeconds));
  const keeper = new RosterKeeper(zstd);
  context.progress(`${ticks} ticks of ${containers} containers`);
  const encoded = blocks.map((block) => ({ block, ...keeper.encode(block) }));
  const bodies = encoded.map(({ block, bytes, roster }, tick) => {
    const isNew = tick === 0 || roster.hash !== encoded[tick - 1]?.roster.hash;
    const rosters = new Map(isNew ? [[roster.hash, roster.bytes]] : []);
    return encodePush({ report: reportAt(block), descriptions: new Map(), rosters, blocks: [bytes] });
  });
  const [first] = encoded;
  if (first === undefined) throw new Error('nothing was encoded');
  const base: NamedRoster = { hash: first.roster.hash, roster: decodeRoster(first.roster.bytes, zstd) };
  const known = new Map(encoded.map(({ roster }) => [roster.hash, decodeRoster(roster.bytes, zstd)]));
  // What does not come back is no figure.
  const sent = bodies.flatMap((body) => decodePush(body, zstd, sha256, (hash) => known.get(hash)).blocks);
  if (samplesOf(sent.map(({ block }) => block)) !== samplesOf(blocks)) throw new Error('samples were lost on the wire');

  const sixes = Array.from({ length: Math.floor(ticks / 6) }, (_, i) => blocks.slice(6 * i, 6 * i + 6));
  const sixBodies = sixes.map((six) => {
    const merged = mergeBlocks(six).map((block) => encodeBlock(block, zstd, base));
    const last = six.at(-1);
    return encodePush({
      ...(last === undefined ? {} : { report: reportAt(last) }),
      descriptions: new Map(),
      blocks: merged,
    });
  });
  const later = bodies.slice(1);
  const laterSamples = samplesOf(blocks.slice(1));
  const perSample = (all: readonly Uint8Array[], samples: number): number =>
    all.reduce((sum, body) => sum + body.length, 0) / samples;
  context.progress('on the socket');
  const onSocket = (await bytesOnSocket(context.folder, later)) / laterSamples;
  return [
    {
      what: `body of a push of one tick, ${containers} containers × 17 metrics`,
      unit: 'B/sample',
      ours: [perSample(later, laterSamples)],
      goal: { kind: 'at most', of: 'value', bound: 2 },
    },
    {
      what: 'the same with the first push, which brings the roster',
      unit: 'B/sample',
      ours: [perSample(bodies, samplesOf(blocks))],
    },
    {
      what: 'body of a push of a block of six ticks',
      unit: 'B/sample',
      ours: [perSample(sixBodies, samplesOf(sixes.flat()))],
      goal: { kind: 'at most', of: 'value', bound: 1 },
    },
    { what: 'one tick on the socket: headers and a token of 1,000 bytes', unit: 'B/sample', ours: [onSocket] },
  ];
}

export const bench: Bench = {
  name: 'wire',
  title: 'Wire: what a push takes, at 10 s with each container at its own time',
  expectedMinutes: 1,
  run,
};
