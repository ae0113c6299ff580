import { type ExportList, type ExportObject, type ExportQuery, type Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { mustSeeNodes, sees } from '../access/scope.ts';
import { Clock } from '../clock.ts';
import { Config } from '../config.ts';
import { KnownNodes } from '../nodes/known-nodes.ts';
import { Problem } from '../problem/problem.ts';
import type { NodeRecord } from '../store/store.ts';
import { begun } from './begun.ts';
import { ExportedRows } from './exported-rows.ts';
import { parquetFile } from './parquet-file.ts';
import { folderOf, parsePeriod, type Period, periodAt, periodMs } from './period.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Files that are made at the same time; each takes a core while it is read. */
export const filesAtOnce = 4;
const retryAfterSeconds = 5;

/** What a file is of. */
export type ExportSubject = { readonly node: string } | { readonly namespace: string };

/** Lists what can be exported, and makes the files. */
@Injectable()
export class ExportsService {
  private running = 0;

  constructor(
    private readonly nodes: KnownNodes,
    private readonly rows: ExportedRows,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Objects by period, then by name; the cursor is the place of the last one. Rejects with 403, 404 or 422. */
  async list(scope: Scope, query: ExportQuery): Promise<ExportList> {
    const subjects = await this.subjects(scope, query.namespace);
    const [cursorPeriod = ''] = query.cursor?.split('/', 1) ?? [];
    const items: ExportObject[] = [];
    let last = '';
    for (const period of this.periodsOf(query)) {
      if (period.id < cursorPeriod) continue;
      for (const subject of subjects) {
        const place = `${period.id}/${nameOf(subject)}`;
        if (query.cursor !== undefined && place <= query.cursor) continue;
        if (items.length === query.limit) return { items, next: last };
        items.push(this.objectOf(period, subject));
        last = place;
      }
    }
    return { items, next: null };
  }

  /** The pieces of a file. Rejects with 404 for what the scope does not hold, 503 when too many are made. */
  async file(scope: Scope, subject: ExportSubject, periodId: string): Promise<AsyncIterable<Uint8Array>> {
    const period = parsePeriod(periodId);
    if (period === undefined) throw new Problem(404, 'not_found', noPeriod, { parameter: 'period' });
    const namespace = 'namespace' in subject ? subject.namespace : undefined;
    const nodes = await this.nodesOf(scope, subject);
    if (this.running >= filesAtOnce) throw new Problem(503, 'busy', busy, { retryAfterSeconds });
    this.running += 1;
    return begun(parquetFile(this.rows.read(nodes, period, scope, namespace)), () => (this.running -= 1));
  }

  private async subjects(scope: Scope, namespace: string | undefined): Promise<readonly ExportSubject[]> {
    if (namespace !== undefined) return this.ofNamespace(scope, namespace);
    mustSeeNodes(scope);
    const ids = (await this.nodes.records()).map(({ id }) => id).sort();
    return ids.map((node) => ({ node }));
  }

  private ofNamespace(scope: Scope, namespace: string): readonly ExportSubject[] {
    if (sees(scope, namespace)) return [{ namespace }];
    throw new Problem(404, 'not_found', `there is no namespace ${namespace} that you may see`, {
      parameter: 'namespace',
    });
  }

  private async nodesOf(scope: Scope, subject: ExportSubject): Promise<readonly NodeRecord[]> {
    const records = await this.nodes.records();
    if ('namespace' in subject) {
      this.ofNamespace(scope, subject.namespace);
      return [...records].sort((one, other) => (one.id < other.id ? -1 : 1));
    }
    mustSeeNodes(scope);
    const node = records.find(({ id }) => id === subject.node);
    if (node === undefined) {
      throw new Problem(404, 'not_found', `there is no node ${subject.node} with samples; see GET /api/v1/exports`);
    }
    return [node];
  }

  private *periodsOf({ period, from, to }: ExportQuery): Generator<Period> {
    const nowMs = this.clock.nowMs();
    const toMs = Math.min(to ?? nowMs, nowMs);
    const fromMs = from ?? toMs - dayMs;
    if (fromMs > toMs) {
      const message = `from ${fromMs} is after to ${toMs}, or after now`;
      throw new Problem(422, 'invalid_query', message, { parameter: 'from' });
    }
    // Nothing is there of what was before.
    const oldestMs = Math.max(0, nowMs - this.config.retentionHours * hourMs);
    const first = periodAt(period, Math.max(fromMs, oldestMs));
    for (let atMs = first.fromMs; atMs < toMs; atMs += periodMs[period]) yield periodAt(period, atMs);
  }

  private objectOf(period: Period, subject: ExportSubject): ExportObject {
    const [kind, name] = ['node' in subject ? 'node' : 'namespace', nameOf(subject)];
    return {
      path: `/api/v1/exports/${period.id}/${kind}s/${name}.parquet`,
      file: `${folderOf(period)}/${kind}=${name}.parquet`,
      fromMs: period.fromMs,
      toMs: period.toMs,
      isOver: period.toMs <= this.clock.nowMs(),
    };
  }
}

function nameOf(subject: ExportSubject): string {
  return 'node' in subject ? subject.node : subject.namespace;
}

const noPeriod =
  'the period is neither a day such as 2026-11-24 nor an hour such as 2026-11-24T12; see GET /api/v1/exports';
const busy = `${filesAtOnce} files are being made, which is as many as may be at once; wait and try again`;
