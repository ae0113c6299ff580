import { type About, aboutSchema, type Scope } from '@docksnap/contract';
import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import { Visible } from '../access/principals.ts';
import { mustSeeNodes } from '../access/scope.ts';
import { AboutService } from './about.service.ts';

@ApiTags('about')
@Controller('api/v1/about')
@Access('reader')
export class AboutController {
  constructor(private readonly about: AboutService) {}

  @Get()
  @ApiOperation({ summary: 'DockSnap itself: how large its database is, how long it keeps what, what comes in' })
  @ApiResponse({ status: 200, standardSchema: aboutSchema })
  async answer(@Visible() scope: Scope): Promise<About> {
    mustSeeNodes(scope);
    return this.about.answer();
  }
}
