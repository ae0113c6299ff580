import { join } from 'node:path';
import type { ClusterFile } from './cluster-file.ts';

/** What the user is told at the end of a start. */
export function welcome(cluster: ClusterFile, nodesOnly: boolean): string {
  const kubectl = join(cluster.binaries['kubernetes'] ?? '', 'kubectl');
  const access = `KUBECONFIG   ${cluster.kubeconfig}\nkubectl      ${kubectl}`;
  if (nodesOnly) return access;
  return `Console      ${cluster.consoleUrl}
User         admin
Password     ${kubectl} --kubeconfig ${cluster.kubeconfig} -n docksnap get secret docksnap-admin -o go-template='{{.data.password | base64decode}}{{"\\n"}}'
${access}

Look first at Containers, sorted by CPU: "encoder" in the namespace batch is throttled by its limit; then at "cache" in
shop, whose memory climbs until the kernel kills it. The nodes are node1 and node2.
npm run status tells this again; npm stop ends it.`;
}
