import type { ContainerDescription, Confidence, Finding, FindingKind, Termination, Urgency } from '@docksnap/contract';
import type { Point } from './trend.ts';

/** What a rule says: a finding without its subject. */
export interface Judgement extends Pick<Finding, 'sentence' | 'evidence' | 'sinceMs' | 'chart' | 'fromMs' | 'toMs'> {
  readonly kind: FindingKind;
  readonly urgency: Urgency;
  readonly confidence: Confidence;
  /** Among findings of one kind and urgency, larger goes first. */
  readonly weight: number;
}

/** What is known of a container when it is judged. */
export interface ContainerFacts {
  readonly nowMs: number;
  readonly description: ContainerDescription;
  /** When its incarnations started, ascending, unix ms. */
  readonly starts: readonly number[];
  /** How it ended in the last hour, as far as it was watched, oldest first. */
  readonly ends: readonly Termination[];
  /** By how much its restarts grew in the last 15 minutes. */
  readonly recentRestarts: number;
  /** Working set, bytes: samples of the last 15 minutes. */
  readonly memory: readonly Point[];
  /** CPU of the last 15 minutes, minute by minute. */
  readonly cpu: readonly CpuMinute[];
  /** The last six hours in steps of five minutes, where somebody asked for them. */
  readonly past: Past | undefined;
}

export interface CpuMinute {
  /** When it ended, unix ms. */
  readonly endMs: number;
  readonly cores: number;
  /** Scheduling periods in which it wanted to run, and those of them in which its quota was used up; NaN: unknown. */
  readonly periods: number;
  readonly throttled: number;
}

export interface Past {
  /** Working set: means of five minutes. */
  readonly memory: readonly Point[];
  /** The five minutes that end at each time. */
  readonly cpu: readonly CpuMinute[];
}

/** One number behind a sentence. */
export function evidence(name: string, value: number, unit: string): Finding['evidence'][number] {
  return { name, value, unit };
}
