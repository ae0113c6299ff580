import { describe, expect, it } from '@jest/globals';
import { Cluster } from '../cluster/cluster.ts';
import { KubeClient } from '../kube/kube-client.ts';
import { PollingNodeWatch } from './polling-node-watch.ts';

describe('PollingNodeWatch on a real cluster', () => {
  it('knows its nodes, whether they are ready, and their machines', async () => {
    const kube = new KubeClient('docksnap');
    const watch = new PollingNodeWatch(kube, new Cluster(kube));
    watch.onApplicationBootstrap();
    for (const deadline = Date.now() + 5000; watch.seen() === null && Date.now() < deadline;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    watch.beforeApplicationShutdown();
    const seen = watch.seen();
    expect(seen?.cluster).toMatch(/^[0-9a-f-]{36}$/);
    const nodes = [...(seen?.byUid.values() ?? [])];
    expect(nodes.length).toBeGreaterThan(0);
    for (const node of nodes) {
      expect(node.ready).toBe('True');
      expect(node.cores).toBeGreaterThan(0);
      expect(node.memoryBytes).toBeGreaterThan(2 ** 20);
      expect(node.systemUuid).toBeTruthy();
      expect(node.kubeletVersion).toMatch(/^v1\./);
      expect(node.addresses).toContain(node.name);
    }
  });
});
