import * as z from 'zod';

/** https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/, as far as it is used. */
export const leaseSchema = z.looseObject({
  metadata: z.looseObject({ resourceVersion: z.string() }),
  spec: z
    .looseObject({
      holderIdentity: z.string().default(''),
      leaseDurationSeconds: z.number().default(0),
      acquireTime: z.string().optional(),
      renewTime: z.string().default(''),
      leaseTransitions: z.number().default(0),
    })
    .prefault({}),
});
export type Lease = z.infer<typeof leaseSchema>;
export type LeaseSpec = Lease['spec'];

/** Another holder is trusted for this long after its last renewal was seen... */
export const leaseSeconds = 15;
/** ...a holder that could not renew for this long takes its hands off... */
export const renewDeadlineMs = 10_000;
/** ...and both try this often. */
export const retryMs = 2000;

/** When, by our own clock, a Lease was seen to change: clocks of others are not compared. */
export interface Sighting {
  readonly lease: Lease;
  readonly seenAtMs: number;
}

/** The sighting that follows: an unchanged Lease ages, a changed one is new. */
export function sight(before: Sighting | undefined, lease: Lease, nowMs: number): Sighting {
  const isSame = before?.lease.metadata.resourceVersion === lease.metadata.resourceVersion;
  return isSame ? before : { lease, seenAtMs: nowMs };
}

/** Whether this one may write itself into the Lease: it is its own, nobody's, or its holder has been still for too long. */
export function mayTake({ lease, seenAtMs }: Sighting, identity: string, nowMs: number): boolean {
  const { holderIdentity, leaseDurationSeconds } = lease.spec;
  if (holderIdentity === '' || holderIdentity === identity) return true;
  return nowMs >= seenAtMs + leaseDurationSeconds * 1000;
}

/** What a holder writes. */
export function heldBy(identity: string, before: LeaseSpec | undefined, now: Date): LeaseSpec {
  const time = microTime(now);
  const isRenewal = before?.holderIdentity === identity;
  const transitions = before?.leaseTransitions ?? 0;
  return {
    holderIdentity: identity,
    leaseDurationSeconds: leaseSeconds,
    acquireTime: isRenewal ? (before.acquireTime ?? time) : time,
    renewTime: time,
    leaseTransitions: before === undefined || isRenewal ? transitions : transitions + 1,
  };
}

/** What a holder writes that stops: anybody may take it at once. */
export function released(before: LeaseSpec, now: Date): LeaseSpec {
  return { ...before, holderIdentity: '', leaseDurationSeconds: 1, renewTime: microTime(now) };
}

/** Kubernetes' MicroTime: RFC 3339 with six decimals. */
function microTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}
