import {
  type Authority,
  authoritySchema,
  type Machine,
  type MachineList,
  machineListSchema,
  machineSchema,
  type MadeJoinToken,
  madeJoinTokenSchema,
  type NewJoinToken,
  newJoinTokenSchema,
  type NewMachine,
  newMachineSchema,
} from '@docksnap/contract';
import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.ts';
import type { Principal } from '../access/principal.ts';
import { Joiner, Person } from '../access/principals.ts';
import { mustSeeNodes } from '../access/scope.ts';
import { Config } from '../config.ts';
import { ApiAuthority } from './authority.ts';
import { JoinTokens } from './join-tokens.ts';
import { Machines } from './machines.ts';

type PersonWho = Extract<Principal, { kind: 'person' }>;

@ApiTags('machines')
@Controller('api/v1/machines')
export class MachinesController {
  constructor(
    private readonly machines: Machines,
    private readonly tokens: JoinTokens,
    private readonly authority: ApiAuthority,
    private readonly config: Config,
  ) {}

  @Post('join-tokens')
  @Access('person')
  @ApiOperation({ summary: 'Make a token with which one machine may join, once; it is shown this once' })
  @ApiResponse({ status: 201, standardSchema: madeJoinTokenSchema })
  async invite(
    @Person() { username, scope }: PersonWho,
    @Body({ schema: newJoinTokenSchema }) { expiresInMinutes }: NewJoinToken,
  ): Promise<MadeJoinToken> {
    mustSeeNodes(scope);
    const url = this.config.publicOrigins.find((origin) => origin.startsWith('https:')) ?? null;
    return { ...(await this.tokens.make(username, expiresInMinutes)), url, caCertHash: this.authority.hash };
  }

  @Post()
  @Access('joiner')
  @ApiOperation({ summary: 'Join as a machine outside Kubernetes: the answer is its identity' })
  @ApiResponse({ status: 201, standardSchema: machineSchema })
  async join(
    @Joiner() joiner: Extract<Principal, { kind: 'joiner' }>,
    @Body({ schema: newMachineSchema }) asked: NewMachine,
  ): Promise<Machine> {
    return this.machines.join(joiner, asked);
  }

  @Get()
  @Access('person')
  @ApiOperation({ summary: 'Machines that joined, by name' })
  @ApiResponse({ status: 200, standardSchema: machineListSchema })
  async list(@Person() { scope }: PersonWho): Promise<MachineList> {
    mustSeeNodes(scope);
    return { items: [...(await this.machines.list())] };
  }

  @Delete(':id')
  @Access('person')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a machine: its agent is refused from now on; what it sent stays' })
  @ApiResponse({ status: 204, description: 'Removed' })
  async remove(@Person() { username, scope }: PersonWho, @Param('id') id: string): Promise<void> {
    mustSeeNodes(scope);
    return this.machines.remove(username, id);
  }

  @Get('authority')
  @Access('public')
  @ApiOperation({ summary: 'The authority of this API’s certificate, which a machine checks by the hash it was given' })
  @ApiResponse({ status: 200, standardSchema: authoritySchema })
  authorityOf(): Authority {
    return { certificate: this.authority.certificate };
  }
}
