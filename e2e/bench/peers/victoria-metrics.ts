import { join } from 'node:path';
import * as z from 'zod';
import { freePort } from '../../control-plane/free-port.ts';
import { Program } from '../../control-plane/program.ts';
import { ensureBuilt } from '../../cluster/toolchain/build.ts';
import { peerRecipes } from './recipes.ts';
import type { PeerSeries } from './series.ts';
import { call, until } from './http.ts';

const exportedSchema = z.object({ values: z.array(z.number()) });

/** Series in one import request. */
const seriesPerRequest = 500;

/** What its storage takes on the disk, in bytes. */
export interface VictoriaMetricsBytes {
  readonly samples: number;
  readonly index: number;
}

/** A VictoriaMetrics of one node on loopback, with an empty folder of its own. */
export class VictoriaMetrics {
  readonly url: string;
  readonly #program: Program;

  private constructor(url: string, program: Program) {
    this.url = url;
    this.#program = program;
  }

  get pid(): number {
    return this.#program.pid;
  }

  /** @param folder an empty folder for its data and its log. @param flags more of its flags. */
  static async start(folder: string, flags: readonly string[] = []): Promise<VictoriaMetrics> {
    const binary = join(await ensureBuilt(peerRecipes.victoriaMetrics), 'victoria-metrics');
    const address = `127.0.0.1:${await freePort()}`;
    const own = [`-storageDataPath=${join(folder, 'data')}`, `-httpListenAddr=${address}`, '-retentionPeriod=100y'];
    const program = new Program([binary, ...own, ...flags], join(folder, 'victoria-metrics.log'));
    const peer = new VictoriaMetrics(`http://${address}`, program);
    await until(`${peer.url}/health`);
    return peer;
  }

  /** Imports series as they are. https://docs.victoriametrics.com/#how-to-import-data-in-json-line-format */
  async import(series: readonly PeerSeries[]): Promise<void> {
    for (let from = 0; from < series.length; from += seriesPerRequest) {
      const lines = series
        .slice(from, from + seriesPerRequest)
        .map(({ labels, values, timesMs }) => JSON.stringify({ metric: labels, values, timestamps: timesMs }));
      await call(`${this.url}/api/v1/import`, lines.join('\n'));
    }
  }

  /** Makes what was imported visible, and merges it into as few parts as it can. */
  async settle(): Promise<void> {
    await call(`${this.url}/internal/force_flush`);
    await call(`${this.url}/internal/force_merge`);
    await until(`${this.url}/metrics`, (text) => valueOf(text, 'vm_active_force_merges') === 0);
  }

  async bytes(): Promise<VictoriaMetricsBytes> {
    const text = await call(`${this.url}/metrics`);
    const sizes = [...text.matchAll(/^vm_data_size_bytes\{type="([^"]+)"\} (\S+)$/gm)];
    const sum = (wanted: string): number =>
      sizes.reduce((total, [, type = '', bytes]) => total + (type.startsWith(wanted) ? Number(bytes) : 0), 0);
    return { samples: sum('storage/'), index: sum('indexdb/') };
  }

  /** Samples that it has, as its export gives them. */
  async sampleCount(): Promise<number> {
    const text = await call(`${this.url}/api/v1/export?match[]=${encodeURIComponent('{__name__!=""}')}`);
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.reduce((sum, line) => sum + exportedSchema.parse(JSON.parse(line)).values.length, 0);
  }

  /** Samples that came by remote write. */
  async remoteWritten(): Promise<number> {
    return valueOf(await call(`${this.url}/metrics`), 'vm_rows_inserted_total\\{type="promremotewrite"\\}');
  }

  end(): Promise<void> {
    return this.#program.end('SIGTERM');
  }
}

/** `name` with its labels, as a regular expression. */
function valueOf(metrics: string, name: string): number {
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1] ?? NaN);
}
