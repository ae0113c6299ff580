import { describe, expect, it } from '@jest/globals';
import { cadvisorSubject } from './subject.ts';

const root = (name: string) =>
  new Map([
    ['id', '/'],
    ['interface', name],
  ]);

describe("the node's own traffic", () => {
  it.each(['eth0', 'ens5', 'enp3s0', 'eno1', 'em1', 'p1p1', 'ib0', 'wlan0', 'wwan0'])(
    'counts the uplink %s',
    (name) => {
      expect(cadvisorSubject(root(name), 'network')).toEqual({ kind: 'node' });
    },
  );

  it.each([
    'lo',
    'cni0',
    'docker0',
    'br-12ab',
    'veth12',
    'cali1234',
    'eni1a2b3c',
    'flannel.1',
    'bond0',
    'eth0.100',
    'ifb0',
    'tunl0',
  ])('leaves out %s, which carries the same bytes again', (name) => {
    expect(cadvisorSubject(root(name), 'network')).toBeUndefined();
  });
});

describe('a row of the big page', () => {
  const pod = { namespace: 'shop', pod: 'web', id: '/kubepods/podU' };
  const row = (labels: Record<string, string>) => new Map(Object.entries(labels));

  it.each<[string, Record<string, string>, 'cgroup' | 'network', object | undefined]>([
    [
      "a container's cgroup",
      { ...pod, container: 'httpd', name: 'H' },
      'cgroup',
      { kind: 'container', runtimeId: 'H' },
    ],
    ["a pod's cgroup", { ...pod, container: '', name: '' }, 'cgroup', { kind: 'pod' }],
    ["a sandbox's own cgroup", { ...pod, container: '', name: 'S' }, 'cgroup', undefined],
    ["a sandbox's network", { ...pod, container: '', name: 'S', interface: 'eth0' }, 'network', { kind: 'pod' }],
    ["a sandbox's network, by its other name", { ...pod, container: 'POD', name: 'S' }, 'network', { kind: 'pod' }],
    ["a container's network", { ...pod, container: 'httpd', name: 'H' }, 'network', undefined],
    ['a QoS class', { id: '/kubepods/burstable', namespace: '', pod: '' }, 'cgroup', undefined],
    ['a system service', { id: '/system.slice/sshd.service' }, 'cgroup', undefined],
  ])('tells %s', (_what, labels, group, expected) => {
    const subject = cadvisorSubject(row(labels), group);
    if (expected === undefined) expect(subject).toBeUndefined();
    else expect(subject).toMatchObject(expected);
  });
});
