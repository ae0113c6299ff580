import type { PostMortem } from '@docksnap/contract';
import { formatAge, formatBytes, formatShare } from '../units.ts';
import type { Fact } from './container-facts.ts';

/** What happened, as far as it is known; what is not known is left out. */
export function postMortemFacts(found: PostMortem): readonly Fact[] {
  const { end, workingSetBytes, memoryLimitBytes, node } = found;
  const held = workingSetBytes.findLast((value) => value !== null) ?? null;
  const facts: (Fact | null)[] = [
    { label: 'Exit', value: exitWords(end) },
    end.startedAtMs === undefined ? null : { label: 'Ran for', value: formatAge(end.finishedAtMs - end.startedAtMs) },
    held === null ? null : { label: 'Held at last', value: heldWords(held, memoryLimitBytes) },
    node === null ? null : { label: 'Node then', value: nodeWords(node) },
  ];
  return facts.filter((fact) => fact !== null);
}

function exitWords({ reason, exitCode, signal }: PostMortem['end']): string {
  const by = signal === undefined || signal === 0 ? '' : `, signal ${signal}`;
  return `${reason}, exit code ${exitCode}${by}`;
}

function heldWords(held: number, limit: number | null): string {
  return limit === null
    ? `${formatBytes(held)}, no limit`
    : `${formatBytes(held)}, ${formatShare(held / limit)} of its limit`;
}

function nodeWords({ memoryBytes, workingSetBytes }: NonNullable<PostMortem['node']>): string {
  if (memoryBytes === null || workingSetBytes === null) return 'not known';
  return `${formatBytes(memoryBytes - workingSetBytes)} of ${formatBytes(memoryBytes)} free`;
}
