import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { containerListSchema, limits, type ContainerSummary } from '@docksnap/contract';
import { firstValueFrom } from 'rxjs';
import { requestTimeoutMs } from '../api/api-resource.ts';
import { answerParser } from '../api/unexpected-answer.ts';
import { csvTable } from '../ui/csv.ts';
import { queryOf, type ContainerFilter } from './container-filter.ts';
import { workloadName } from './container-row.ts';

const parseList = answerParser(containerListSchema);
/** What a file holds, and how many match in all: a browser is not asked to hold more rows than `mostRows`. */
export interface ReadContainers {
  readonly rows: readonly ContainerSummary[];
  readonly total: number;
}

const mostRows = 50_000;

const head = [
  'namespace',
  'workload',
  'pod',
  'container',
  'node',
  'image',
  'state',
  'reason',
  'restarts',
  'cpu (cores)',
  'cpu request (cores)',
  'cpu limit (cores)',
  'working set (bytes)',
  'memory request (bytes)',
  'memory limit (bytes)',
  'throttled (share)',
  'started',
];

/** Containers as CSV: numbers in their own units, nothing where nothing is known. */
export function containersCsv(containers: readonly ContainerSummary[]): string {
  const rows = containers.map((one) => [
    one.namespace,
    one.workload === null ? null : workloadName(one.workload),
    one.pod,
    one.name,
    one.node,
    one.image,
    one.state,
    one.stateReason,
    one.restarts,
    one.cpuCores,
    one.cpuRequestCores,
    one.cpuLimitCores,
    one.workingSetBytes,
    one.memoryRequestBytes,
    one.memoryLimitBytes,
    one.throttledRatio,
    one.startedAtMs === null ? null : new Date(one.startedAtMs).toISOString(),
  ]);
  return csvTable(head, rows);
}

/** What a file does not hold, as a sentence; empty when it holds all. */
export function shortfall({ rows, total }: ReadContainers): string {
  if (rows.length >= total) return '';
  return `The file holds the first ${rows.length} of ${total} containers by name; filter for the others.`;
}

/** Reads every container that matches a filter, page after page. */
@Service()
export class AllContainers {
  readonly #http = inject(HttpClient);

  /** Rejects with what the API answers when it refuses a page. */
  async read(filter: ContainerFilter): Promise<ReadContainers> {
    const rows: ContainerSummary[] = [];
    let cursor: string | null = null;
    let total: number;
    do {
      const params: Record<string, string | number> = {
        // By name: an order by what moves would skip rows, or bring them twice, from page to page.
        ...queryOf({ ...filter, sort: 'name' }),
        limit: limits.pageRows,
        ...(cursor === null ? {} : { cursor }),
      };
      const page = parseList(
        await firstValueFrom(this.#http.get('/api/v1/containers', { params, timeout: requestTimeoutMs })),
      );
      rows.push(...page.items);
      total = page.total;
      cursor = page.next;
    } while (cursor !== null && rows.length < mostRows);
    return { rows, total };
  }
}
