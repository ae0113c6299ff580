import type { ContainerDescription, PodDescription } from '@docksnap/contract';
import { limits } from '@docksnap/contract/limits';
import type { CgroupSpec } from '../cadvisor/spec-of.ts';
import type { Resident } from '../cadvisor/gathered.ts';
import type { EngineContainer } from '../docker/engine-container.ts';
import { composeProjectOf } from '../docker/engine-container.ts';
import type { RowDrops } from '../exposition/row-drops.ts';
import { defined } from '../json.ts';
import { labelsOf } from '../pods/labels.ts';
import { sha256 } from '../sha256.ts';

/** What the contract takes of a name and of a pod's uid. */
const nameLength = 253;
const uidLength = 128;
/** A container that ended is shown for so long. */
const endedMs = 3_600_000;

/** Ends of units that no process runs in. */
const idleUnits = /\.(slice|mount|automount|socket|swap|timer|target|path|device)$/;
/** A kubelet's: whoever runs Kubernetes reads the kubelet. */
const kubelets = /(^|\/)kubepods/;

/**
 * What a container is where there is no Kubernetes: a pod of its own, since it has a network of its own. Names of
 * namespaces begin with a character that none of Kubernetes' has, so that no right to one of those reaches them.
 */
interface Lonely extends Pick<ContainerDescription, 'image' | 'labels' | 'requests' | 'limits' | 'state' | 'restarts'> {
  readonly origin: 'docker' | 'system' | 'containers';
  readonly pod: string;
  readonly name: string;
  readonly runtimeId: string;
  readonly startedAtMs: number;
  readonly imageId?: string | undefined;
  readonly workload?: ContainerDescription['workload'];
  readonly stateReason?: string | undefined;
  readonly lastTermination?: ContainerDescription['lastTermination'];
  readonly path: string | undefined;
  readonly hasNetwork: boolean;
}

/** The pod and the container of one that stands alone. */
function residentsOf(lonely: Lonely): readonly Resident[] {
  const { origin, pod, name, runtimeId, startedAtMs, path, hasNetwork, ...told } = lonely;
  const [namespace, podUid] = [`_${origin}`, uidOf(origin, pod)];
  const { labels, workload } = told;
  const podDescription: PodDescription = defined({
    kind: 'pod',
    namespace,
    name: pod,
    uid: podUid,
    phase: phaseOf(lonely),
    workload,
    labels,
    startedAtMs: startedAtMs === 0 ? undefined : startedAtMs,
  });
  const description: ContainerDescription = defined({ kind: 'container', namespace, pod, podUid, name, ...told });
  const samples = (groups: readonly ('resource' | 'cgroup' | 'network')[]): Resident['samples'] =>
    path === undefined ? undefined : { path, groups };
  return [
    {
      key: podUid,
      description: podDescription,
      runtimeId: '',
      startedAtMs,
      samples: hasNetwork ? samples(['network']) : undefined,
    },
    { key: `${podUid}/${name}`, description, runtimeId, startedAtMs, samples: samples(['resource', 'cgroup']) },
  ];
}

/** By its name, as long as that fits. */
function uidOf(origin: Lonely['origin'], pod: string): string {
  const whole = `${origin}.${pod}`;
  return whole.length <= uidLength ? whole : `${origin}.${sha256(Buffer.from(pod))}`;
}

/** What anybody may have called a cgroup, as a name that ids and keys can hold: printable ASCII, a byte each. */
function plain(text: string): string {
  return text.replaceAll(/[^!-}]/g, '_').slice(-nameLength);
}

function phaseOf({ state, lastTermination }: Lonely): string {
  if (state === 'running') return 'Running';
  if (state !== 'terminated') return 'Pending';
  return lastTermination?.exitCode === 0 ? 'Succeeded' : 'Failed';
}

/** Of a container by the engine, with its cgroup if there is one. */
function byEngine(container: EngineContainer, path: string | undefined): Lonely {
  const { id, name, termination, sharesNetwork, ...told } = container;
  return {
    ...told,
    origin: 'docker',
    pod: name,
    name,
    runtimeId: id,
    lastTermination: termination,
    path,
    hasNetwork: !sharesNetwork,
  };
}

/** Of a cgroup that an engine made which cannot be asked. */
function bySpec(spec: CgroupSpec): Lonely {
  const [alias = '', ...ids] = spec.aliases;
  const runtimeId = plain(ids.at(-1) ?? alias);
  const name = plain((alias === '' ? lastOf(spec.path) : alias).replaceAll('/', '_')) || '_';
  return {
    origin: spec.engine === 'docker' ? 'docker' : 'containers',
    pod: name,
    name,
    runtimeId,
    startedAtMs: spec.createdAtMs ?? 0,
    image: spec.image ?? '',
    labels: labelsOf(spec.labels),
    workload: composeProjectOf(spec.labels),
    requests: {},
    limits: spec.limits,
    state: 'running',
    restarts: 0,
    path: spec.path,
    hasNetwork: true,
  };
}

/** Of a systemd unit, or another cgroup that no engine made. */
function byPath(spec: CgroupSpec): Lonely {
  return {
    ...bySpec(spec),
    ...unitOf(spec.path),
    origin: 'system',
    runtimeId: '',
    hasNetwork: false,
  };
}

/** The entity of a cgroup that no engine made: its container's key. */
export function unitKeyOf(path: string): string {
  const { pod, name } = unitOf(path);
  return `${uidOf('system', pod)}/${name}`;
}

/** What a cgroup that no engine made is called. */
function unitOf(path: string): { readonly pod: string; readonly name: string } {
  return { pod: plain(path.slice(1).replaceAll('/', '.')), name: plain(lastOf(path)) || '_' };
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Cgroups that no engine made and that have none below them: where processes run. */
function leavesOf(specs: readonly CgroupSpec[]): readonly CgroupSpec[] {
  const parents = new Set(specs.map(({ path }) => path.slice(0, path.lastIndexOf('/'))));
  return specs.filter(
    ({ path, engine }) =>
      path !== '/' && engine === undefined && !parents.has(path) && !idleUnits.test(path) && !kubelets.test(path),
  );
}

function fromEngine(engine: readonly EngineContainer[], specs: readonly CgroupSpec[], nowMs: number): Lonely[] {
  const paths = new Map(specs.flatMap(({ path, aliases }) => [lastOf(path), ...aliases].map((id) => [id, path])));
  const isThere = ({ termination, state }: EngineContainer): boolean =>
    state !== 'terminated' || (termination?.finishedAtMs ?? 0) > nowMs - endedMs;
  return engine
    .filter(isThere)
    .map((each) => byEngine(each, paths.get(each.id) ?? paths.get(`docker-${each.id}.scope`)));
}

/**
 * Who is on a machine without Kubernetes: containers as the engine tells of them, or as cAdvisor does where the engine
 * cannot be asked; other engines' containers; and the cgroups of systemd's units and their like.
 */
export function machineResidents(
  specs: readonly CgroupSpec[],
  engine: readonly EngineContainer[] | undefined,
  nowMs: number,
  drops: RowDrops,
): readonly Resident[] {
  const ofEngines = specs.filter(
    ({ engine: maker }) => maker !== undefined && (engine === undefined || maker !== 'docker'),
  );
  const lonely = [
    ...fromEngine(engine ?? [], specs, nowMs),
    ...ofEngines.map(bySpec),
    ...leavesOf(specs)
      .filter(({ path }) => !isOfEngine(path, engine))
      .map(byPath),
  ];
  const residents = [...new Map(lonely.flatMap(residentsOf).map((each) => [each.key, each])).values()];
  // The node is one of them.
  const most = limits.entitiesPerBlock - 1;
  drops.add('too_many', Math.max(0, residents.length - most));
  return residents.slice(0, most);
}

/** cAdvisor that cannot ask the engine knows its containers as cgroups alone. */
function isOfEngine(path: string, engine: readonly EngineContainer[] | undefined): boolean {
  return engine?.some(({ id }) => path.includes(id)) ?? false;
}
