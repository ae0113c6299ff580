import { type NewPurge, newPurgeSchema, type Purge, purgeSchema } from '@docksnap/contract';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { PurgesService } from './purges.service.ts';

@ApiTags('reporting')
@Controller('api/v1/purges')
@Access('operator')
export class PurgesController {
  constructor(private readonly purges: PurgesService) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Have all removed that is stored of nodes, for a monitor that is deleted; asked again, how far that is',
  })
  @ApiResponse({ status: 202, standardSchema: purgeSchema })
  async ask(@Body({ schema: newPurgeSchema }) asked: NewPurge): Promise<Purge> {
    return this.purges.ask(asked);
  }
}
