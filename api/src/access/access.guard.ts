import { type CanActivate, type ExecutionContext, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Config } from '../config.ts';
import { Problem } from '../problem/problem.ts';
import { accessKey, type Audience } from './access.decorator.ts';
import { changes, isOwnOrigin } from './origin.ts';
import type { Principal } from './principal.ts';
import { remember } from './principals.ts';
import { Programs } from './programs.ts';
import { Readers } from './readers.ts';
import { isHttps } from './sessions/session-cookie.ts';

/** Stands before every route. A route that does not say who may use it is closed to all. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly log = new Logger('Access');

  constructor(
    private readonly reflector: Reflector,
    private readonly readers: Readers,
    private readonly programs: Programs,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const places = [context.getHandler(), context.getClass()];
    const audience = this.reflector.getAllAndOverride<Audience | undefined>(accessKey, places);
    if (audience === undefined) {
      this.log.error(`BUG: ${context.getClass().name}.${context.getHandler().name} does not say who may use it`);
      throw new Problem(403, 'forbidden', 'this route is open to nobody');
    }
    const principal = await this.admit(audience, request);
    if (principal !== undefined) remember(request, principal);
    return true;
  }

  private async admit(audience: Audience, request: FastifyRequest): Promise<Principal | undefined> {
    switch (audience) {
      case 'agent':
        return this.programs.pusher(request);
      case 'joiner':
        return this.programs.joiner(request);
      case 'operator':
        return this.programs.operator(request);
      case 'reader':
        this.refuseOtherSites(request);
        return this.readers.reader(request);
      case 'person':
        this.refuseOtherSites(request);
        return this.readers.person(request);
      case 'public':
        this.refuseOtherSites(request);
        return undefined;
    }
  }

  private refuseOtherSites(request: FastifyRequest): void {
    if (!changes(request.method)) return;
    // What a form can send, or a script without asking, is no request of ours.
    const type = request.headers['content-type'];
    if (type !== undefined && !/^application\/json(;|$)/i.test(type)) {
      throw new Problem(415, 'unsupported_media_type', `${type} is not taken here; send application/json`);
    }
    if (isOwnOrigin(request.headers, isHttps(request), this.config.publicOrigins)) return;
    const message =
      'this request comes from a page of another origin; use the console itself, or add its public origin to DOCKSNAP_PUBLIC_ORIGINS';
    throw new Problem(403, 'foreign_origin', message);
  }
}
