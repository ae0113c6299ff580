import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../../cluster/toolchain/build.ts';
import { freePort } from '../../control-plane/free-port.ts';
import { Program } from '../../control-plane/program.ts';
import { agentBundle } from '../../drills/agent/agent-bundle.ts';
import { peerRecipes } from '../peers/recipes.ts';
import type { OwnCgroup } from './own-cgroup.ts';

/** Which page is read, how often, and where the samples go. */
export interface Task {
  readonly page: '/metrics/resource' | '/metrics/cadvisor';
  readonly kubelet: URL;
  readonly sink: URL;
  readonly everySeconds: number;
  readonly folder: string;
}

export type Contender = 'docksnap' | 'vmagent' | 'prometheus';

/** Starts one of them in its cgroup, as its makers would have it run. */
export async function startContender(contender: Contender, task: Task, cgroup: OwnCgroup): Promise<Program> {
  const folder = mkdtempSync(join(task.folder, `${contender}-`));
  const command = await commands[contender](task, folder);
  return new Program([...cgroup.through, ...command], join(folder, 'log'));
}

const commands: Readonly<Record<Contender, (task: Task, folder: string) => Promise<readonly string[]>>> = {
  docksnap: async ({ page, kubelet, sink, everySeconds }, folder) => {
    writeFileSync(join(folder, 'token'), 'a token');
    const env = {
      MALLOC_ARENA_MAX: '1',
      DOCKSNAP_NODE_NAME: 'node',
      DOCKSNAP_KUBELET_URL: kubelet.origin,
      DOCKSNAP_API_URL: sink.origin,
      DOCKSNAP_INGEST_TOKEN_FILE: join(folder, 'token'),
      DOCKSNAP_SPOOL_DIR: join(folder, 'spool'),
      DOCKSNAP_SCRAPE_INTERVAL_SECONDS: String(everySeconds),
      DOCKSNAP_ENDPOINTS: page === '/metrics/resource' ? 'Resource' : 'CAdvisor',
      DOCKSNAP_LISTEN: `127.0.0.1:${await freePort()}`,
    };
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    const flags = ['--max-semi-space-size=1', '--max-old-space-size=32', '--v8-pool-size=0'];
    return ['env', '-u', 'NODE_OPTIONS', ...variables, process.execPath, ...flags, await agentBundle()];
  },
  vmagent: async (task, folder) => [
    join(await ensureBuilt(peerRecipes.vmagent), 'vmagent'),
    `-promscrape.config=${scrapeConfig(task, folder)}`,
    `-remoteWrite.url=${task.sink.origin}/api/v1/write`,
    `-remoteWrite.tmpDataPath=${join(folder, 'data')}`,
    `-httpListenAddr=127.0.0.1:${await freePort()}`,
  ],
  prometheus: async (task, folder) => [
    join(await ensureBuilt(peerRecipes.prometheus), 'prometheus'),
    '--agent',
    `--config.file=${scrapeConfig(task, folder, `remote_write: [{ url: ${task.sink.origin}/api/v1/write }]`)}`,
    `--storage.agent.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${await freePort()}`,
  ],
};

function scrapeConfig({ page, kubelet, everySeconds }: Task, folder: string, more = ''): string {
  const path = join(folder, 'scrape.yml');
  const job = {
    job_name: 'kubelet',
    scheme: 'https',
    metrics_path: page,
    scrape_interval: `${everySeconds}s`,
    scrape_timeout: `${everySeconds}s`,
    tls_config: { insecure_skip_verify: true },
    static_configs: [{ targets: [kubelet.host] }],
  };
  // JSON is YAML.
  writeFileSync(path, `scrape_configs: [${JSON.stringify(job)}]\n${more}\n`);
  return path;
}
