/** The first finding that fails, or that all is well. */
export interface Finding {
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
}

/** The order is the order of causes: Ready repeats the first that is not True. */
export const causes = ['Accepted', 'Reconciled', 'Available', 'DataFlowing'] as const;
export type Cause = (typeof causes)[number];
/** What Ready does not look at: it works without, and an admin shall know. */
export const asides = ['KubeletVerified'] as const;
export type Findings = Readonly<Record<Cause | (typeof asides)[number], Finding>>;

export interface Condition extends Finding {
  readonly type: string;
  readonly lastTransitionTime: string;
  readonly observedGeneration: number;
}

/** Ready: what the first cause says that is not True. */
export function readyOf(findings: Findings): Finding {
  const failing = causes.map((cause) => findings[cause]).find(({ status }) => status !== 'True');
  return failing ?? { status: 'True', reason: 'Reporting', message: findings.DataFlowing.message };
}

/**
 * All conditions, each with the time at which its status last changed: kept from the previous ones where it did
 * not, so that equal findings give an equal status.
 */
export function conditionsOf(
  findings: Findings,
  previous: readonly Condition[],
  observedGeneration: number,
  now: string,
): Condition[] {
  const all: readonly (readonly [string, Finding])[] = [
    ...causes.map((cause) => [cause, findings[cause]] as const),
    ['Ready', readyOf(findings)],
    ...asides.map((aside) => [aside, findings[aside]] as const),
  ];
  return all.map(([type, { status, reason, message }]) => {
    const before = previous.find((condition) => condition.type === type);
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime : now;
    return { type, status, reason, message, lastTransitionTime, observedGeneration };
  });
}
