import type { Finding, FindingsAnswer, FindingsQuery, Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { sees } from '../access/scope.ts';
import { FindingsJob } from './findings-job.ts';
import type { NodeFindings } from './node-findings.ts';
import { folded, inRank } from './rank.ts';

/** What was found, as far as somebody may see it. */
@Injectable()
export class FindingsService {
  constructor(private readonly job: FindingsJob) {}

  /** The scope is applied before anything is folded or counted. */
  answer(scope: Scope, query: FindingsQuery): FindingsAnswer {
    const nodes = [...this.job.all().values()];
    const seen = nodes.flatMap(({ findings }) => findings.filter(({ finding }) => isSeen(scope, finding)));
    const asked = seen.filter(({ finding }) => isAsked(query, finding));
    const items = folded(inRank(asked));
    const count = (urgency: Finding['urgency']): number => items.filter((one) => one.urgency === urgency).length;
    return {
      items: items.slice(0, query.limit),
      total: items.length,
      byUrgency: { critical: count('critical'), warning: count('warning'), notice: count('notice') },
      looked: lookedAt(scope, nodes),
      asOfMs: nodes.length === 0 ? null : Math.min(...nodes.map(({ atMs }) => atMs)),
    };
  }
}

/** Nodes are for those who may see everything. */
function isSeen(scope: Scope, { subject }: Finding): boolean {
  return subject.namespace === null ? scope.kind === 'all' : sees(scope, subject.namespace);
}

function isAsked(query: FindingsQuery, { kind, subject }: Finding): boolean {
  const { namespace, workload } = subject;
  const owner = workload === null ? null : [namespace, workload.kind, workload.name].join('/');
  const pairs = [
    [query.node, [subject.nodeId, subject.node]],
    [query.namespace, [namespace]],
    [query.workload, [owner]],
    [query.container, subject.kind === 'container' ? [subject.id] : []],
    [query.kind, [kind]],
  ] as const;
  return pairs.every(([asked, has]) => asked === undefined || has.some((one) => one === asked));
}

/** Who sees namespaces alone is told of no node. */
function lookedAt(scope: Scope, nodes: readonly NodeFindings[]): FindingsAnswer['looked'] {
  const containersOf = (some: readonly NodeFindings[]): number =>
    some
      .flatMap(({ namespaces }) => [...namespaces])
      .reduce((sum, [name, count]) => sum + (sees(scope, name) ? count : 0), 0);
  const reporting = nodes.filter(({ isSilent }) => !isSilent);
  return {
    nodes: scope.kind === 'all' ? reporting.length : 0,
    containers: containersOf(reporting),
    unknownContainers: containersOf(nodes.filter(({ isSilent }) => isSilent)),
  };
}
