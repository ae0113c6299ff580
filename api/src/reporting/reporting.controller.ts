import { type Reporting, reportingSchema } from '@docksnap/contract';
import { Controller, Get } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Clock } from '../clock.ts';
import { Cluster } from '../cluster/cluster.ts';
import { heardEveryMs } from '../live/heard-every.ts';
import { type LiveNode, LiveNodes } from '../live/live-nodes.ts';

@ApiTags('reporting')
@Controller('api/v1/reporting')
export class ReportingController {
  constructor(
    private readonly live: LiveNodes,
    private readonly cluster: Cluster,
    private readonly clock: Clock,
  ) {}

  /** When each node of the operator's cluster last reported, by this server's clock. */
  @Get()
  @Access('operator')
  @ApiResponse({ status: 200, standardSchema: reportingSchema })
  async reporting(): Promise<Reporting> {
    const cluster = await this.cluster.uid();
    const nodes = this.live.all().filter((node) => node.record.cluster === cluster);
    const nowMs = this.clock.nowMs();
    return { nowMs, nodes: nodes.map((node) => rowOf(node, nowMs)) };
  }
}

function rowOf(node: LiveNode, nowMs: number): Reporting['nodes'][number] {
  const kubeletTrust = node.report?.kubeletTrust;
  return {
    name: node.record.name,
    uid: node.record.uid,
    lastReceivedMs: node.lastReceivedMs,
    intervalMs: heardEveryMs(node),
    backlogTicks: node.report?.backlogTicks ?? 0,
    clockSkewMs: node.clockSkewMs,
    ...(kubeletTrust !== undefined && { kubeletTrust }),
    agentVersion: node.report?.agentVersion ?? '',
    problems: [...node.problems(nowMs)],
  };
}
