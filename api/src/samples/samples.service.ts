import { limits, metricByName, type SamplesAnswer, type SamplesQuery, type Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { parseContainerId } from '../containers/container-id.ts';
import { ContainersService } from '../containers/containers.service.ts';
import { BlockReader } from '../live/live-nodes.ts';
import { NodesService } from '../nodes/nodes.service.ts';
import { Problem } from '../problem/problem.ts';
import { samplesOf } from './samples-of.ts';

const defaultMs = 10 * 60_000;

/** Samples as they were scraped, of one container or node. */
@Injectable()
export class SamplesService {
  constructor(
    private readonly containers: ContainersService,
    private readonly nodes: NodesService,
    private readonly reader: BlockReader,
    private readonly clock: Clock,
  ) {}

  async answer(scope: Scope, query: SamplesQuery): Promise<SamplesAnswer> {
    const { nodeId, key } = await this.visible(scope, query);
    const toMs = query.to ?? this.clock.nowMs();
    const fromMs = query.from ?? Math.max(0, toMs - defaultMs);
    if (fromMs > toMs) throw refused('from', `from ${fromMs} is after to ${toMs}`);
    const ids = new Set(query.metrics.flatMap((name) => metricByName(name)?.id ?? []));
    const { blocks, partial } = await this.reader.read(nodeId, fromMs, toMs, ids);
    const series = samplesOf(blocks, key, ids);
    const count = series.reduce((total, { timestamps }) => total + timestamps.length, 0);
    if (count > limits.samplesPerAnswer) {
      throw refused(
        'from',
        `the range holds ${count} samples, more than ${limits.samplesPerAnswer}; ask for a shorter one`,
      );
    }
    return { fromMs, toMs, series, partial };
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

function refused(parameter: string, message: string): Problem {
  return new Problem(422, 'invalid_query', message, { parameter });
}
