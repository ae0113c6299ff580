import { describe, expect, it } from '@jest/globals';
import { CgroupError, clusterGroups, mountsInNode, parseLayout } from './layout.ts';

const line = (mountPoint: string, type: string, superOptions: string): string =>
  `32 31 0:29 / ${mountPoint} rw,relatime shared:9 - ${type} cgroup ${superOptions}`;

const v1 = [
  '31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755',
  line('/sys/fs/cgroup/cpu,cpuacct', 'cgroup', 'rw,cpu,cpuacct'),
  ...['cpuset', 'memory', 'devices', 'freezer', 'blkio', 'pids'].map((name) =>
    line(`/sys/fs/cgroup/${name}`, 'cgroup', `rw,${name}`),
  ),
  line('/sys/fs/cgroup/systemd', 'cgroup', 'rw,xattr,release_agent=/usr/lib/systemd/agent,name=systemd'),
  line('/sys/fs/cgroup/unified', 'cgroup2', 'rw,nsdelegate'),
];

describe('parseLayout', () => {
  it('finds version 1 with its joined and named hierarchies, and leaves the empty version 2 beside it alone', () => {
    const layout = parseLayout(v1.join('\n'));
    expect(layout.version).toBe(1);
    expect(mountsInNode(layout)).toBe(
      'cpu,cpuacct:cpu,cpuacct cpuset:cpuset memory:memory devices:devices freezer:freezer blkio:blkio pids:pids systemd:none,name=systemd',
    );
    expect(clusterGroups(layout, 'abc')).toContain('/sys/fs/cgroup/cpu,cpuacct/docksnap-abc');
  });

  it('takes a hierarchy that is mounted twice once', () => {
    const twice = [...v1, line('/var/lib/docker/cgroup/memory', 'cgroup', 'rw,memory')].join('\n');
    expect(clusterGroups(parseLayout(twice), 'abc').filter((path) => path.includes('memory'))).toEqual([
      '/sys/fs/cgroup/memory/docksnap-abc',
    ]);
  });

  it('finds version 2', () => {
    const layout = parseLayout(line('/sys/fs/cgroup', 'cgroup2', 'rw,nsdelegate'));
    expect(layout).toEqual({ version: 2, mountPoint: '/sys/fs/cgroup' });
    expect(mountsInNode(layout)).toBe('v2');
    expect(clusterGroups(layout, 'abc')).toEqual(['/sys/fs/cgroup/docksnap-abc']);
  });

  it('names a controller that is missing', () => {
    const without = v1.filter((mount) => !mount.includes('freezer')).join('\n');
    expect(() => parseLayout(without)).toThrow(CgroupError);
    expect(() => parseLayout(without)).toThrow('"freezer"');
  });
});
