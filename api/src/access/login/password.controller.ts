import { Body, Controller, HttpCode, Logger, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type PasswordChange, passwordChangeSchema } from '@docksnap/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../problem/problem.ts';
import { Access } from '../access.decorator.ts';
import { Accounts } from '../accounts/accounts.ts';
import type { Principal } from '../principal.ts';
import { Person } from '../principals.ts';
import { isHttps, sessionCookie } from '../sessions/session-cookie.ts';
import { Sessions } from '../sessions/sessions.ts';
import { Attempts } from './attempts.ts';

@ApiTags('auth')
@Controller('api/v1/auth/password')
@Access('person')
export class PasswordController {
  /** Who changed a password or tried to, and from where; never which. */
  private readonly log = new Logger('Audit');

  constructor(
    private readonly accounts: Accounts,
    private readonly attempts: Attempts,
    private readonly sessions: Sessions,
  ) {}

  @Post()
  @HttpCode(204)
  @ApiOperation({ summary: 'Change your password: ends all of your sessions, this one too' })
  @ApiResponse({ status: 204, description: 'Changed; log in again' })
  async change(
    @Person() { username }: Extract<Principal, { kind: 'person' }>,
    @Body({ schema: passwordChangeSchema }) { current, password }: PasswordChange,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    // Whoever finds a screen unlocked guesses no faster here than at the login, and shares its limit.
    const attempt = await this.attempts.begin(username, request.ip);
    if (!(await this.accounts.matches(username, current))) {
      this.log.warn({ username, address: request.ip }, 'a change of password was refused: the current one was wrong');
      throw new Problem(403, 'wrong_password', 'the current password is wrong; nothing was changed', {
        parameter: 'current',
      });
    }
    await this.accounts.change(username, password);
    await this.attempts.release(attempt);
    await this.sessions.closeAll(username);
    this.log.log({ username, address: request.ip }, 'the password was changed; all sessions of this name ended');
    reply.header('set-cookie', sessionCookie(null, isHttps(request)));
  }
}
