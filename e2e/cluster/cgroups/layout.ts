/** One mounted cgroup v1 hierarchy. */
export interface Hierarchy {
  /** Where it is mounted, such as `/sys/fs/cgroup/cpu,cpuacct`. */
  readonly mountPoint: string;
  /** The options that mount it again, such as `cpu,cpuacct` or `none,name=systemd`. */
  readonly options: string;
}

/** How this machine's cgroups are mounted. */
export type CgroupLayout =
  | { readonly version: 1; readonly hierarchies: readonly Hierarchy[] }
  | { readonly version: 2; readonly mountPoint: string };

/** Controllers without which the kubelet does not start. */
const NEEDED = ['cpu', 'cpuacct', 'cpuset', 'memory', 'devices', 'freezer', 'blkio', 'pids'];
/** Mount options of a hierarchy that name neither a controller nor the hierarchy. */
const GENERAL_OPTIONS = new Set(['rw', 'ro', 'xattr', 'noprefix', 'clone_children']);

/** The machine has cgroups that no node can be run with. */
export class CgroupError extends Error {
  override readonly name = 'CgroupError';
}

/** A mount in /proc/self/mountinfo, as far as cgroups are concerned. */
interface Mount {
  readonly mountPoint: string;
  readonly type: string;
  readonly options: string;
}

/**
 * Reads the layout from /proc/self/mountinfo (format: proc_pid_mountinfo(5)).
 * @throws {CgroupError} naming the controller that is missing.
 */
export function parseLayout(mountinfo: string): CgroupLayout {
  const mounts = mountinfo.split('\n').map(parseMount);
  const hierarchies: Hierarchy[] = [];
  for (const { mountPoint, options } of mounts.filter(({ type }) => type === 'cgroup')) {
    // Docker mounts hierarchies a second time.
    if (!hierarchies.some((known) => known.options === options)) hierarchies.push({ mountPoint, options });
  }
  const controllers = new Set(hierarchies.flatMap(({ options }) => options.split(',')));
  const unified = mounts.find(({ type }) => type === 'cgroup2');
  if (!controllers.has('memory') && unified !== undefined) return { version: 2, mountPoint: unified.mountPoint };

  const missing = NEEDED.find((controller) => !controllers.has(controller));
  if (missing === undefined) return { version: 1, hierarchies };
  throw new CgroupError(
    `neither cgroup v2 nor the cgroup v1 controller "${missing}" is mounted: mount cgroup2 on /sys/fs/cgroup, then start again`,
  );
}

function parseMount(line: string): Mount {
  const [before = '', after = ''] = line.split(' - ');
  const [type = '', , superOptions = ''] = after.split(' ');
  return { mountPoint: before.split(' ')[4] ?? '', type, options: remountOptions(superOptions) };
}

function remountOptions(superOptions: string): string {
  const own = superOptions
    .split(',')
    .filter((option) => !GENERAL_OPTIONS.has(option) && !option.startsWith('release_agent='));
  return own.some((option) => option.startsWith('name=')) ? ['none', ...own].join(',') : own.join(',');
}

/** The folders that hold a cluster's cgroups, named after it, one in each hierarchy. */
export function clusterGroups(layout: CgroupLayout, clusterId: string): string[] {
  const mountPoints =
    layout.version === 2 ? [layout.mountPoint] : layout.hierarchies.map(({ mountPoint }) => mountPoint);
  return mountPoints.map((mountPoint) => `${mountPoint}/docksnap-${clusterId}`);
}

/** What a node's init mounts, in the form of its NODE_CGROUPS. */
export function mountsInNode(layout: CgroupLayout): string {
  if (layout.version === 2) return 'v2';
  return layout.hierarchies
    .map(({ mountPoint, options }) => `${mountPoint.slice(mountPoint.lastIndexOf('/') + 1)}:${options}`)
    .join(' ');
}
