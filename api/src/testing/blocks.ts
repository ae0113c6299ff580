import type { Block, Description, PushedBlock } from '@docksnap/contract';
import { descriptionHash, encodeBlock } from '@docksnap/contract/codec';
import { sha256 } from '../codec/sha256.ts';
import { zstd } from '../codec/zstd.ts';

export const epochA = 'a'.repeat(32);
export const epochB = 'b'.repeat(32);

export const podDescription: Description = {
  kind: 'pod',
  namespace: 'shop',
  name: 'web-1',
  uid: 'pod-1',
  phase: 'Running',
  labels: { 'app.kubernetes.io/name': 'web' },
};
export const podHash = descriptionHash(podDescription, sha256);

interface Asked {
  readonly epoch?: string;
  readonly seq: number;
  readonly tickTimes: readonly number[];
  /** What the node's CPU counter shows at each tick. */
  readonly cpuMicros?: number;
  readonly runtimeId?: string;
  readonly described?: boolean;
  /** Hash of what is said of the container. */
  readonly containerDescription?: string;
}

/** A block of a node with one pod and one container. */
export function blockOf({
  epoch = epochA,
  seq,
  tickTimes,
  cpuMicros = 1000,
  runtimeId = 'run-1',
  described,
  containerDescription = '',
}: Asked): Block {
  const ages = Float64Array.from(tickTimes, () => 500);
  const values = Float64Array.from(tickTimes, (_, i) => cpuMicros + i);
  return {
    epoch,
    firstSeq: seq,
    intervalMs: 10_000,
    tickTimes,
    entities: [
      { kind: 'node', key: 'node', runtimeId: '', startedAtMs: 0, description: '' },
      { kind: 'pod', key: 'pod-1', runtimeId: '', startedAtMs: 0, description: described === true ? podHash : '' },
      {
        kind: 'container',
        key: 'pod-1/web',
        runtimeId,
        startedAtMs: 1_700_000_000_000,
        description: containerDescription,
      },
    ],
    groups: [
      { entity: 0, kind: 'resource', ages, columns: [{ metric: 1, values }] },
      {
        entity: 2,
        kind: 'resource',
        ages,
        columns: [
          { metric: 1, values },
          { metric: 2, values },
        ],
      },
    ],
  };
}

/** The same, with its bytes. */
export function pushed(asked: Asked): PushedBlock {
  const block = blockOf(asked);
  return { block, bytes: encodeBlock(block, zstd) };
}
