import {
  type MadeReadToken,
  madeReadTokenSchema,
  type NewReadToken,
  newReadTokenSchema,
  type ReadTokenList,
  readTokenListSchema,
} from '@docksnap/contract';
import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access.decorator.ts';
import type { Principal } from '../principal.ts';
import { Person } from '../principals.ts';
import { ReadTokens } from './read-tokens.ts';

@ApiTags('auth')
@Controller('api/v1/read-tokens')
@Access('person')
export class ReadTokensController {
  constructor(private readonly tokens: ReadTokens) {}

  @Post()
  @ApiOperation({ summary: 'Make a token with which scripts and Prometheus may read; it is shown this once' })
  @ApiResponse({ status: 201, standardSchema: madeReadTokenSchema })
  async make(
    @Person() person: Extract<Principal, { kind: 'person' }>,
    @Body({ schema: newReadTokenSchema }) asked: NewReadToken,
  ): Promise<MadeReadToken> {
    return this.tokens.make(person, asked);
  }

  @Get()
  @ApiOperation({ summary: 'Your read tokens, without their secrets; all of them for those who may see everything' })
  @ApiResponse({ status: 200, standardSchema: readTokenListSchema })
  async list(@Person() person: Extract<Principal, { kind: 'person' }>): Promise<ReadTokenList> {
    return { items: [...(await this.tokens.list(person))] };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a read token: within seconds it opens nothing any more' })
  @ApiResponse({ status: 204, description: 'Revoked' })
  async revoke(@Person() person: Extract<Principal, { kind: 'person' }>, @Param('id') id: string): Promise<void> {
    return this.tokens.revoke(person, id);
  }
}
