import type { EventRecord, Workload } from '@docksnap/contract';
import * as z from 'zod';

const time = z.string().nullish();

/** What is read of an event of events.k8s.io/v1: https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ */
const eventSchema = z.object({
  metadata: z.object({ uid: z.string().min(1), creationTimestamp: time, resourceVersion: z.string().optional() }),
  regarding: z.object({
    kind: z.string().default(''),
    name: z.string().default(''),
    namespace: z.string().default(''),
    uid: z.string().default(''),
    fieldPath: z.string().default(''),
  }),
  type: z.string().default('Normal'),
  reason: z.string().default(''),
  note: z.string().default(''),
  eventTime: time,
  series: z.object({ count: z.int(), lastObservedTime: time }).nullish(),
  deprecatedFirstTimestamp: time,
  deprecatedLastTimestamp: time,
  deprecatedCount: z.int().nullish(),
});

/** Who on which node an event is about, as far as memory knows it. */
export interface Place {
  readonly workload: Workload | null;
  readonly containerId: string | null;
  readonly nodeId: string | null;
  readonly node: string | null;
}

/** What an event names: a pod with one of its containers, or a node; empty where it names none. */
export interface Named {
  readonly podUid: string;
  readonly container: string;
  readonly node: string;
}

const longest = 1024;
const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet'];

type Sent = z.infer<typeof eventSchema>;

/** An event as Kubernetes sent it, in our words; undefined for what is none, or has no time. */
export function kubernetesEvent(json: unknown, placeOf: (named: Named) => Place): EventRecord | undefined {
  const event = eventSchema.safeParse(json).data;
  const times = event === undefined ? undefined : timesOf(event);
  if (event === undefined || times === undefined) return undefined;
  return {
    id: `kubernetes/${event.metadata.uid}`,
    kind: 'kubernetes',
    isWarning: event.type === 'Warning',
    ...times,
    reason: cut(event.reason),
    message: cut(messageOf(event)),
    ...subjectOf(event, placeOf),
  };
}

/** First and last time of a series, of an event alone both are one; undefined without a time. */
function timesOf({ metadata, series, ...event }: Sent) {
  const firstMs = firstTime(event.deprecatedFirstTimestamp, event.eventTime, metadata.creationTimestamp);
  if (firstMs === undefined) return undefined;
  const atMs = firstTime(series?.lastObservedTime, event.deprecatedLastTimestamp) ?? firstMs;
  return { atMs, firstMs: Math.min(firstMs, atMs), count: Math.max(1, countOf(series?.count, event.deprecatedCount)) };
}

function countOf(inSeries: number | undefined, deprecated: number | null | undefined): number {
  return inSeries ?? deprecated ?? 1;
}

/** What has no page of its own is named in the message. */
function messageOf({ regarding: { kind, name }, note }: Sent): string {
  return ['Pod', 'Node', ...workloadKinds].includes(kind) ? note : `${kind} ${name}: ${note}`;
}

function subjectOf({ regarding }: Sent, placeOf: (named: Named) => Place) {
  const { kind, name, namespace, uid, fieldPath } = regarding;
  const isPod = kind === 'Pod';
  const container = isPod ? (/\{([^}]+)\}$/.exec(fieldPath)?.[1] ?? '') : '';
  const place = placeOf({ podUid: isPod ? uid : '', container, node: kind === 'Node' ? name : '' });
  return {
    ...place,
    // An event about what is in no namespace, a node say, is in namespace default itself: that says nothing.
    namespace: cut(namespace) || null,
    workload: workloadKinds.includes(kind) ? { kind, name: cut(name) } : place.workload,
    pod: isPod ? cut(name) : null,
    container: cut(container) || null,
  };
}

function cut(text: string): string {
  return text.slice(0, longest);
}

/** By which a watch goes on after this event. */
export function versionOf(json: unknown): string | undefined {
  const schema = z.object({ metadata: z.object({ resourceVersion: z.string().min(1) }) });
  return schema.safeParse(json).data?.metadata.resourceVersion;
}

/** The first of some times that is one, unix ms. */
function firstTime(...texts: readonly (string | null | undefined)[]): number | undefined {
  const times = texts.map((text) => Date.parse(text ?? ''));
  return times.find((ms) => ms >= 0);
}
