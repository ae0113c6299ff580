import { limits, metricByName, type SamplesAnswer, type SamplesQuery, type Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { parseContainerId } from '../containers/container-id.ts';
import { ContainersService } from '../containers/containers.service.ts';
import { NodesService } from '../nodes/nodes.service.ts';
import { Problem } from '../problem/problem.ts';
import { BlockChunks } from '../series/block-chunks.ts';
import { Work } from '../series/work.ts';
import { CollectedSamples } from './samples-of.ts';

const defaultMs = 10 * 60_000;

/** Samples as they were scraped, of one container or node. */
@Injectable()
export class SamplesService {
  constructor(
    private readonly containers: ContainersService,
    private readonly nodes: NodesService,
    private readonly chunks: BlockChunks,
    private readonly clock: Clock,
  ) {}

  /** Rejects with 422 as soon as there are more samples, or more was read for them, than one answer may take. */
  async answer(scope: Scope, query: SamplesQuery, signal: AbortSignal): Promise<SamplesAnswer> {
    const { nodeId, key } = await this.visible(scope, query);
    const toMs = query.to ?? this.clock.nowMs();
    const fromMs = query.from ?? Math.max(0, toMs - defaultMs);
    if (fromMs > toMs) throw refused('from', `from ${fromMs} is after to ${toMs}`);
    const ids = new Set(query.metrics.flatMap((name) => metricByName(name)?.id ?? []));
    const work = new Work(signal);
    const collected = new CollectedSamples({ key, metricIds: ids, fromMs, toMs });
    const steps = { fromMs, stepMs: toMs - fromMs, count: 1 };
    const partial = await this.chunks.read(nodeId, steps, ids, (blocks, share) => {
      work.took(collected.take(blocks), share);
      if (collected.count > limits.samplesPerAnswer) throw tooMany(collected.count);
    });
    return { fromMs, toMs, series: collected.series(), partial };
  }

  /** Where the samples are. Rejects with 403 or 404 for what the scope does not hold. */
  private async visible(scope: Scope, query: SamplesQuery): Promise<{ nodeId: string; key: string }> {
    if (query.container === undefined)
      return { nodeId: (await this.nodes.detail(scope, query.node ?? '')).id, key: 'node' };
    const { id } = await this.containers.detail(scope, query.container);
    const parsed = parseContainerId(id);
    if (parsed === undefined) throw new Problem(404, 'not_found', `there is no container ${id}`);
    return parsed;
  }
}

function tooMany(count: number): Problem {
  const most = limits.samplesPerAnswer;
  return refused('from', `the range holds ${count} samples or more, more than ${most}; ask for a shorter one`);
}

function refused(parameter: string, message: string): Problem {
  return new Problem(422, 'invalid_query', message, { parameter });
}
