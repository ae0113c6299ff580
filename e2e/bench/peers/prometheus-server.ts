import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../../cluster/toolchain/build.ts';
import { freePort } from '../../control-plane/free-port.ts';
import { Program } from '../../control-plane/program.ts';
import { call, until } from './http.ts';
import { peerRecipes } from './recipes.ts';

/** A Prometheus on loopback that takes remote writes, with an empty folder of its own. */
export class PrometheusServer {
  readonly url: string;
  readonly #program: Program;

  private constructor(url: string, program: Program) {
    this.url = url;
    this.#program = program;
  }

  get pid(): number {
    return this.#program.pid;
  }

  /** @param folder an empty folder for its data and its log. */
  static async start(folder: string): Promise<PrometheusServer> {
    const binary = join(await ensureBuilt(peerRecipes.prometheus), 'prometheus');
    const config = join(folder, 'prometheus.yml');
    writeFileSync(config, '{}\n');
    const address = `127.0.0.1:${await freePort()}`;
    const flags = [`--config.file=${config}`, `--storage.tsdb.path=${join(folder, 'data')}`];
    const open = [`--web.listen-address=${address}`, '--web.enable-remote-write-receiver'];
    const server = new PrometheusServer(
      `http://${address}`,
      new Program([binary, ...flags, ...open], join(folder, 'prometheus.log')),
    );
    await until(`${server.url}/-/ready`);
    return server;
  }

  /** Samples that it took. */
  async sampleCount(): Promise<number> {
    const text = await call(`${this.url}/metrics`);
    const found = /^prometheus_tsdb_head_samples_appended_total\{type="float"\} (\S+)$/m.exec(text);
    return Number(found?.[1] ?? NaN);
  }

  end(): Promise<void> {
    return this.#program.end('SIGTERM');
  }
}
