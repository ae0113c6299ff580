import type { Workload } from '@docksnap/contract';
import { objectOf, objectsOf, textOf } from '../json.ts';

/** The CronJob controller names its Jobs <cron job>-<scheduled time in minutes since 1970>. */
const cronJobName = /^(.+)-\d{8,}$/;

/**
 * The controller that a pod belongs to, from its metadata alone: a ReplicaSet made by a Deployment is named
 * <deployment>-<pod-template-hash>; other owners are named as they are. Undefined for a pod on its own.
 */
export function workloadOf(metadata: unknown): Workload | undefined {
  const { ownerReferences, labels } = objectOf(metadata);
  const owner = objectsOf(ownerReferences).find((reference) => reference['controller'] === true);
  const kind = textOf(owner?.['kind'], 128);
  const name = textOf(owner?.['name'], 512);
  if (kind === undefined || name === undefined) return undefined;
  if (kind === 'ReplicaSet') return replicaSetOwner(name, textOf(objectOf(labels)['pod-template-hash']));
  if (kind === 'Job') return jobOwner(name);
  return { kind, name };
}

function replicaSetOwner(name: string, templateHash: string | undefined): Workload {
  const suffix = `-${templateHash ?? ''}`;
  if (templateHash === undefined || !name.endsWith(suffix) || name === suffix) return { kind: 'ReplicaSet', name };
  return { kind: 'Deployment', name: name.slice(0, -suffix.length) };
}

function jobOwner(name: string): Workload {
  const cronJob = cronJobName.exec(name)?.[1];
  return cronJob === undefined ? { kind: 'Job', name } : { kind: 'CronJob', name: cronJob };
}
