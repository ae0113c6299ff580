import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { hostileName } from './hostile-name.ts';
import { Problem } from './problem.ts';

/** Refuses hostile names of parameters on every route, also where no schema looks at them. */
@Injectable()
export class HostileNames implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { query } = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: Record<string, unknown> }>>();
    const name = hostileName(Object.keys(query));
    if (name === undefined) return next.handle();
    throw new Problem(422, 'invalid_query', `${name} is no parameter; leave it out`, { parameter: name });
  }
}
