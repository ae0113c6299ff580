import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Login, loginSchema, type Me, meSchema } from '@docksnap/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../problem/problem.ts';
import { Access } from '../access.decorator.ts';
import { Accounts } from '../accounts/accounts.ts';
import type { Principal } from '../principal.ts';
import { Person } from '../principals.ts';
import { isHttps, sessionCookie, sessionTokenOf } from '../sessions/session-cookie.ts';
import { Sessions } from '../sessions/sessions.ts';
import { Attempts } from './attempts.ts';

@ApiTags('auth')
@Controller('api/v1/auth')
export class AuthController {
  constructor(
    private readonly accounts: Accounts,
    private readonly attempts: Attempts,
    private readonly sessions: Sessions,
  ) {}

  @Post('login')
  @Access('public')
  @HttpCode(204)
  @ApiOperation({ summary: 'Log in: answers with a session cookie' })
  @ApiResponse({ status: 204, description: 'Logged in; Set-Cookie holds a new session' })
  async login(
    @Body({ schema: loginSchema }) { username, password }: Login,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const attempt = await this.attempts.begin(username, request.ip);
    if (!(await this.accounts.matches(username, password))) {
      throw new Problem(401, 'wrong_credentials', 'the name or the password is wrong; try again');
    }
    await this.attempts.release(attempt);
    await this.leave(request);
    reply.header('set-cookie', sessionCookie(await this.sessions.open(username), isHttps(request)));
  }

  @Post('logout')
  @Access('person')
  @HttpCode(204)
  @ApiOperation({ summary: 'End the session, here and in every open stream' })
  @ApiResponse({ status: 204, description: 'Logged out' })
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.leave(request);
    reply.header('set-cookie', sessionCookie(null, isHttps(request)));
  }

  @Get('me')
  @Access('person')
  @ApiOperation({ summary: 'Who is logged in, and what they may see' })
  @ApiResponse({ status: 200, standardSchema: meSchema })
  me(@Person() person: Extract<Principal, { kind: 'person' }>): Me {
    return { username: person.username, scope: person.scope };
  }

  /** A session that was there before a login ends with it, so that nobody can plant one. */
  private async leave(request: FastifyRequest): Promise<void> {
    const token = sessionTokenOf(request);
    if (token !== undefined) await this.sessions.close(token);
  }
}
