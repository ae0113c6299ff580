import { describe, expect, it } from '@jest/globals';
import { components } from './components.ts';

describe('components', () => {
  it('puts the control plane on the first node alone', () => {
    const worker = ['containerd', 'kubelet', 'kube-proxy'];
    expect(components('node1').map(({ name }) => name)).toEqual([
      'etcd',
      'kube-apiserver',
      'kube-controller-manager',
      'kube-scheduler',
      ...worker,
    ]);
    expect(components('node2').map(({ name }) => name)).toEqual(worker);
  });

  it('has no word with a blank in it, for the init script splits at blanks', () => {
    for (const { command } of [...components('node1'), ...components('node2')]) {
      for (const word of command) expect(word).toMatch(/^\S+$/);
    }
  });

  it('gives each kubelet its own name and address', () => {
    const kubelet = components('node2').find(({ name }) => name === 'kubelet');
    expect(kubelet?.command).toEqual(expect.arrayContaining(['--hostname-override=node2', '--node-ip=10.88.0.2']));
  });
});
