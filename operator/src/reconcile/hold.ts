import type { TemplateMarks } from '../desired/template-marks.ts';
import type { Condition } from '../status/conditions.ts';

/** Agents that are replaced lose what they have not sent: they are given this long to send it. */
export const longestHoldMs = 600_000;
/** A healthy agent has at most this many ticks under way: one that is being pushed, and the next ones. */
const ticksUnderWay = 3;
const namedNodes = 5;

/** A node that reports, and how many of its ticks still wait on its disk. */
export interface Backlog {
  readonly node: string;
  readonly ticks: number;
}

interface Given {
  readonly wanted: TemplateMarks;
  /** Of the DaemonSet that is there; undefined when it says nothing. */
  readonly present: TemplateMarks | undefined;
  /** Whether changed pods replace others by themselves. */
  readonly isRolling: boolean;
  readonly backlogs: readonly Backlog[];
  /** Whether any agent cannot run: a change may be its cure. */
  readonly isAnyFailing: boolean;
  readonly reconciled: Condition | undefined;
  readonly nowMs: number;
}

/**
 * The nodes for whose sake a changed template waits; undefined when it is to be applied now. It waits only while nodes
 * that report send a backlog, ten minutes at most, and never when destination or credentials change, for those may be
 * why nothing could be sent.
 */
export function heldFor(given: Given): readonly string[] | undefined {
  const { wanted, present, isRolling, backlogs, isAnyFailing, reconciled, nowMs } = given;
  if (present === undefined || !isRolling || isAnyFailing) return undefined;
  if (present.template === wanted.template || present.destination !== wanted.destination) return undefined;
  if (reconciled?.reason === 'RolloutHeld') {
    // Since when it is held is in the status, so that a new leader does not begin anew.
    if (nowMs - Date.parse(reconciled.lastTransitionTime) >= longestHoldMs) return undefined;
  }
  const busy = backlogs.filter(({ ticks }) => ticks > ticksUnderWay).map(({ node }) => node);
  return busy.length === 0 ? undefined : busy.sort();
}

/** What the status says of a hold: the same words while the same nodes are waited for. */
export function holdMessage(nodes: readonly string[]): string {
  const named = nodes.slice(0, namedNodes).join(', ');
  const more = nodes.length > namedNodes ? ` and ${nodes.length - namedNodes} more` : '';
  const why = 'have sent what they kept while the API was away, for a replaced agent loses it';
  const next = 'to replace agents yourself now, set agent.updateStrategy.type to OnDelete and delete their pods';
  return `the changed agents wait, 10 minutes at most, until ${named}${more} ${why}; ${next}`;
}
