import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Problem } from '../problem/problem.ts';
import { Readiness } from './readiness.ts';

const retryAfterSeconds = 5;

@ApiTags('health')
@Controller()
@Access('public')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** Whether the process runs. The database's absence is no reason to restart it. */
  @Get('healthz')
  healthz(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Whether it should be sent requests. */
  @Get('readyz')
  readyz(): { status: 'ok' } {
    const reason = this.readiness.reasonAgainst();
    if (reason !== null) throw new Problem(503, 'not_ready', reason, { retryAfterSeconds });
    return { status: 'ok' };
  }
}
