import type { AgentProcess, ProcessesAnswer, ProcessesQuery, ProcessList, PushAnswer, Scope } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { containerId, parseContainerId } from '../containers/container-id.ts';
import { ContainersService } from '../containers/containers.service.ts';
import { NodesService } from '../nodes/nodes.service.ts';
import { Problem } from '../problem/problem.ts';
import { KeptProcesses, minuteMs } from './kept-processes.ts';

/** A list stands for this many minutes: agents send one a minute, and one of them may be lost. */
const staleMinutes = 3;

/** Which processes ran, on a node or in a container. */
@Injectable()
export class ProcessesService {
  constructor(
    private readonly kept: KeptProcesses,
    private readonly nodes: NodesService,
    private readonly containers: ContainersService,
    private readonly clock: Clock,
  ) {}

  /** Keeps a list as that of this minute; a second one of the same minute is a duplicate and changes nothing. */
  async keep(nodeId: string, list: ProcessList): Promise<PushAnswer> {
    const isNew = await this.kept.insert(nodeId, Math.floor(this.clock.nowMs() / minuteMs), list);
    return isNew ? { stored: 1, duplicate: 0 } : { stored: 0, duplicate: 1 };
  }

  /** For those who may see nodes: rejects with 403 for others, 404 where there is no such node or no list. */
  async ofNode(scope: Scope, id: string, query: ProcessesQuery): Promise<ProcessesAnswer> {
    const { name } = await this.nodes.detail(scope, id);
    const { minute, list } = await this.newest(id, query, `node ${name}`);
    return answerOf(id, minute, list, list.processes);
  }

  /** Of one container. Rejects with 404 where the scope does not hold it, or its node has no list. */
  async ofContainer(scope: Scope, id: string, query: ProcessesQuery): Promise<ProcessesAnswer> {
    await this.containers.detail(scope, id);
    const parsed = parseContainerId(id);
    if (parsed === undefined) throw new Error(`BUG: container ${id} was found by an id that is none`);
    const { minute, list } = await this.newest(parsed.nodeId, query, `the node of container ${id}`);
    const own = list.processes.filter(({ container }) => container === parsed.key);
    return answerOf(parsed.nodeId, minute, list, own);
  }

  private async newest(nodeId: string, { at }: ProcessesQuery, whom: string) {
    const nowMs = this.clock.nowMs();
    const last = Math.floor(Math.min(at ?? nowMs, nowMs) / minuteMs);
    for (let minute = last; minute > last - staleMinutes; minute -= 1) {
      const list = await this.kept.read(nodeId, minute);
      if (list !== undefined) return { minute, list };
    }
    const when = new Date(last * minuteMs).toISOString();
    const message = `there is no list of the processes of ${whom} at ${when}: its agent sends none (DOCKSNAP_PROCESSES=true has it do so), did not then, or the list is older than what is kept`;
    throw new Problem(404, 'not_found', message);
  }
}

function answerOf(
  nodeId: string,
  minute: number,
  { dropped }: ProcessList,
  processes: readonly AgentProcess[],
): ProcessesAnswer {
  return {
    minuteMs: minute * minuteMs,
    processes: processes.map(({ container, ...process }) => ({
      ...process,
      containerId: container === null ? null : containerId(nodeId, container),
    })),
    dropped,
  };
}
