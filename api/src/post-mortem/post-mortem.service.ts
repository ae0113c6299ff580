import type { ContainerDetail, PostMortem, PostMortemQuery, Scope, SeriesAnswer } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { type ContainerId, parseContainerId } from '../containers/container-id.ts';
import { ContainersService } from '../containers/containers.service.ts';
import { Problem } from '../problem/problem.ts';
import { SeriesService } from '../series/series.service.ts';
import type { Steps } from '../series/steps.ts';
import { type Cause, causeOf } from './cause.ts';
import type { DatedEnd } from './ends.ts';
import { EndFinder } from './seen-ends.ts';
import { Surroundings } from './surroundings.ts';

const stepMs = 10_000;
/** The last five minutes. */
const count = 30;

/** What was before a container ended. */
@Injectable()
export class PostMortemService {
  constructor(
    private readonly containers: ContainersService,
    private readonly ends: EndFinder,
    private readonly series: SeriesService,
    private readonly surroundings: Surroundings,
  ) {}

  /** Rejects with 404 for a container that nobody knows, that the scope does not hold, or that was never seen to end. */
  async answer(scope: Scope, id: string, { at }: PostMortemQuery, signal: AbortSignal): Promise<PostMortem> {
    const container = await this.containers.detail(scope, id);
    const { all, end, partial } = await this.ends.find(scope, container, at, signal);
    const key = parseContainerId(id);
    if (end === undefined || key === undefined) {
      throw new Problem(404, 'not_found', `no end of container ${id} was seen in this time`);
    }
    const steps = stepsBefore(end.finishedAtMs);
    const used = await this.used(scope, key, steps, signal);
    const around = await this.surroundings.of(scope, container, steps, signal);
    return {
      end,
      ends: all.map(({ finishedAtMs }) => finishedAtMs),
      ...causeFor(end, container, around.node),
      stepSeconds: stepMs / 1000,
      timestamps: used.timestamps,
      cpuCores: valuesOf(used, 'cpuCores'),
      workingSetBytes: valuesOf(used, 'workingSetBytes'),
      memoryLimitBytes: container.memoryLimitBytes,
      cpuLimitCores: container.cpuLimitCores,
      ...around,
      partial: partial ?? used.partial,
    };
  }

  private async used(scope: Scope, id: ContainerId, steps: Steps, signal: AbortSignal): Promise<SeriesAnswer> {
    return this.series.answer({ kind: 'container', id }, scope, steps, ['cpuCores', 'workingSetBytes'], { signal });
  }
}

/** The steps that end with the one in which it ended. */
function stepsBefore(endMs: number): Steps {
  const toMs = Math.ceil(endMs / stepMs) * stepMs;
  return { fromMs: toMs - count * stepMs, stepMs, count };
}

function causeFor(end: DatedEnd, { memoryLimitBytes }: ContainerDetail, node: PostMortem['node']): Cause {
  const { workingSetBytes = null, memoryBytes = null } = node ?? {};
  return causeOf({ end, memoryLimitBytes, nodeWorkingSetBytes: workingSetBytes, nodeMemoryBytes: memoryBytes });
}

function valuesOf(used: SeriesAnswer, metric: string): (number | null)[] {
  return used.metrics[metric]?.values ?? [];
}
