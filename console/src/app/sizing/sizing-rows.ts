import type { SizedContainer, SizingHint } from '@docksnap/contract';
import { bytesNumber, coresNumber, counted, formatAge, formatBytes, formatCores, tableUnit } from '../units.ts';

/** A hint in few words: "CPU request 2 cores → 0.46 cores". */
export function hintWords({ resource, field, from, to }: SizingHint): string {
  const format = resource === 'cpu' ? formatCores : formatBytes;
  const name = resource === 'cpu' ? 'CPU' : 'Memory';
  return `${name} ${field} ${from === null ? 'none' : format(from)} → ${format(to)}`;
}

/** Whether a hint asks for more than is set: what runs may suffer until it is followed. */
export function isMore({ from, to }: SizingHint): boolean {
  return from === null || to > from;
}

export interface SizingRow {
  readonly key: string;
  readonly container: string;
  /** Request, limit, p50, p95, max; with equal decimals. */
  readonly cpu: readonly string[];
  readonly memory: readonly string[];
  readonly hints: readonly { readonly words: string; readonly why: string; readonly isMore: boolean }[];
  readonly unsure: string | null;
  readonly evidence: string;
  readonly patch: string | null;
}

const confidences = {
  none: 'too little for hints',
  low: 'not very sure',
  medium: 'fairly sure',
  high: 'sure',
} as const;

/** What each container asks for beside what it used. */
export function sizingRows(items: readonly SizedContainer[]): readonly SizingRow[] {
  const memory = (value: number | null) => bytesNumber(value, tableUnit(), 0);
  const cores = (value: number | null) => coresNumber(value, 2);
  return items.map((item) => ({
    key: [item.namespace, item.kind, item.workload, item.container].join('/'),
    container: item.container,
    cpu: [item.cpu.requestCores, item.cpu.limitCores, item.cpu.p50, item.cpu.p95, item.cpu.max].map(cores),
    memory: [item.memory.requestBytes, item.memory.limitBytes, item.memory.p50, item.memory.p95, item.memory.max].map(
      memory,
    ),
    hints: item.hints.map((hint) => ({ words: hintWords(hint), why: hint.why, isMore: isMore(hint) })),
    unsure: item.unsure,
    evidence: `${formatAge(item.watchedHours * 3_600_000)} of ${counted(item.replicas, 'replica')}; ${confidences[item.confidence]}`,
    patch: item.patch,
  }));
}
