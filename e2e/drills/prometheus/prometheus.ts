import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { ensureBuilt } from '../../cluster/toolchain/build.ts';
import { peerRecipes } from '../../bench/peers/recipes.ts';
import { freePort } from '../../control-plane/free-port.ts';
import { Program } from '../../control-plane/program.ts';
import { until } from '../../system/support/until.ts';

const readyMs = 60_000;
const askMs = 15_000;

const vectorSchema = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

/** One value that Prometheus has, with its labels. */
export interface Scraped {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A real Prometheus on loopback. */
export class Prometheus {
  readonly #url: string;
  readonly #program: Program;

  private constructor(url: string, program: Program) {
    this.#url = url;
    this.#program = program;
  }

  /** @param config the text of its prometheus.yml. @param folder where its data and its log go. */
  static async start(config: string, folder: string): Promise<Prometheus> {
    const binary = join(await ensureBuilt(peerRecipes.prometheus), 'prometheus');
    const [address, file, log] = [
      `127.0.0.1:${await freePort()}`,
      join(folder, 'prometheus.yml'),
      join(folder, 'prometheus.log'),
    ];
    await writeFile(file, config);
    const flags = [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'tsdb')}`,
      `--web.listen-address=${address}`,
    ];
    const prometheus = new Prometheus(`http://${address}`, new Program([binary, ...flags], log));
    try {
      await until('a ready Prometheus', readyMs, async () => (await fetch(`http://${address}/-/ready`)).ok);
    } catch (error) {
      await prometheus.stop();
      throw new Error(`Prometheus did not become ready; it said:\n${(await readFile(log, 'utf8')).slice(-2000)}`, {
        cause: error,
      });
    }
    return prometheus;
  }

  /** What an expression has now. */
  async query(expression: string): Promise<readonly Scraped[]> {
    const url = `${this.#url}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(askMs) });
    const { data } = vectorSchema.parse(await answer.json());
    return data.result.map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
  }

  async stop(): Promise<void> {
    await this.#program.end('SIGKILL');
  }
}
