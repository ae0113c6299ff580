import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { RawServerDefault } from 'fastify';
import { Problem } from '../problem/problem.ts';
import { isTooDeep, mostDepth } from './json-depth.ts';

/** Bodies in JSON are read by Fastify, which refuses what would change a prototype; what is nested too deep is not. */
export function useJsonBodies(app: NestFastifyApplication): void {
  const parse = app.getHttpAdapter().getInstance().getDefaultJsonParser('error', 'error');
  app.useBodyParser<RawServerDefault>('application/json', {}, (request, body, done) => {
    if (isTooDeep(body)) done(new Problem(400, 'malformed_request', tooDeep));
    else void parse(request, body.toString(), done);
  });
}

const tooDeep = `the JSON is nested deeper than ${mostDepth} times; nothing that is taken here is`;
