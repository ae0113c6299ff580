import type { EventReader } from '../kube/event-reader.ts';
import { keyOf, type Monitor } from '../monitor.ts';
import type { DaemonSet, Pod } from '../observed/objects.ts';
import type { PodProblem } from '../observed/pod-problem.ts';

/** Pods that are made and begin to start in this time have no trouble. */
const usualMs = 10_000;
/** Events are asked for this often and no more. */
const askAgainMs = 15_000;

interface Looked {
  readonly atMs: number;
  readonly problem: PodProblem | undefined;
}

/**
 * Finds out what keeps pods from being made or from starting when no status of theirs says so: the DaemonSet
 * controller and the kubelets tell it in events alone. Nothing is asked while all is well.
 */
export class PodTroubles {
  readonly #events: Pick<EventReader, 'newest'>;
  readonly #since = new Map<string, number>();
  readonly #looked = new Map<string, Looked>();

  constructor(events: Pick<EventReader, 'newest'>) {
    this.#events = events;
  }

  forget(monitorKey: string): void {
    this.#since.delete(monitorKey);
    this.#looked.delete(monitorKey);
  }

  /** @throws KubeError */
  async of(
    { metadata }: Monitor,
    { daemonSet, pods }: { readonly daemonSet: DaemonSet | undefined; readonly pods: readonly Pod[] },
    nowMs: number,
  ): Promise<PodProblem | undefined> {
    const key = keyOf(metadata);
    const stuck = pods.find(isStuckInCreation);
    const isShort = daemonSet !== undefined && pods.length < daemonSet.status.desiredNumberScheduled;
    if (!isShort && stuck === undefined) {
      this.forget(key);
      return undefined;
    }
    const sinceMs = this.#since.get(key) ?? nowMs;
    this.#since.set(key, sinceMs);
    if (nowMs - sinceMs < usualMs) return undefined;
    const look = isShort
      ? () => this.#rejection(metadata.namespace, daemonSet.metadata.name)
      : () => this.#mount(metadata.namespace, stuck?.metadata.name ?? '');
    return this.#lookNowAndThen(key, nowMs, look);
  }

  async #lookNowAndThen(key: string, nowMs: number, look: () => Promise<PodProblem | undefined>) {
    const before = this.#looked.get(key);
    if (before !== undefined && nowMs - before.atMs < askAgainMs) return before.problem;
    const problem = await look();
    this.#looked.set(key, { atMs: nowMs, problem });
    return problem;
  }

  async #rejection(namespace: string, name: string): Promise<PodProblem | undefined> {
    const note = await this.#events.newest({ namespace, kind: 'DaemonSet', name }, 'FailedCreate');
    return note === undefined ? undefined : rejectionOf(note, name);
  }

  async #mount(namespace: string, name: string): Promise<PodProblem | undefined> {
    const note = await this.#events.newest({ namespace, kind: 'Pod', name }, 'FailedMount');
    return note === undefined ? undefined : mountProblemOf(note, name);
  }
}

function isStuckInCreation({ spec, status }: Pod): boolean {
  const isCreating = status.containerStatuses.some(({ state }) => state.waiting?.reason === 'ContainerCreating');
  return spec.nodeName !== undefined && isCreating;
}

const rejections: readonly { pattern: RegExp; reason: PodProblem['reason']; cure: string }[] = [
  {
    pattern: /violates PodSecurity.*hostPath/,
    reason: 'PodSecurityRejected',
    cure: "source.type CAdvisor shows cAdvisor the node's cgroups, which takes a namespace of level privileged: label it pod-security.kubernetes.io/enforce=privileged, or set source.type to Kubelet",
  },
  {
    pattern: /violates PodSecurity/,
    reason: 'PodSecurityRejected',
    cure: "the agents' own settings meet the level restricted: take away what the spec or another hand adds to their pods, or use a namespace of a lower level",
  },
  {
    pattern: /not found|no PriorityClass with name/,
    reason: 'MissingReference',
    cure: 'make what is missing, or correct its name in the spec',
  },
  {
    pattern: /exceeded quota|must specify/,
    reason: 'PodsRejected',
    cure: 'raise the quota of the namespace, or lower agent.resources',
  },
];

/** What a note of the DaemonSet controller about a pod that it could not make means. */
export function rejectionOf(note: string, daemonSet: string): PodProblem {
  const found = rejections.find(({ pattern }) => pattern.test(note));
  const cure = found?.cure ?? 'see which webhook, quota or policy of the namespace refuses pods';
  // The name that the pod would have had differs from try to try.
  const said = note.replace(/^Error creating: /, '').replace(/pods "[^"]*"/, 'pods');
  const message = `pods of DaemonSet ${daemonSet} are refused: ${said}; ${cure}`;
  return { reason: found?.reason ?? 'PodsRejected', message };
}

/** What a kubelet's note about a volume that it could not mount means; undefined when it is about nothing missing. */
export function mountProblemOf(note: string, pod: string): PodProblem | undefined {
  const [, what] = /((?:configmap|secret) "[^"]+" not found|references non-existent \w+ key: \S+)/.exec(note) ?? [];
  if (what === undefined) return undefined;
  return { reason: 'MissingReference', message: `pod ${pod} waits: ${what}; make it, or correct its name in the spec` };
}
