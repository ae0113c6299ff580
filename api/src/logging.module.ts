import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Config } from './config.ts';

const quiet = ['/healthz', '/readyz', '/api/v1/blocks', '/api/v1/reporting'];

/** One JSON object per line on stdout, without anything that somebody could log in with. */
export function loggingModule(level: Config['logLevel']): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: {
      level,
      redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
      genReqId: (request) => request.id ?? crypto.randomUUID(),
      autoLogging: { ignore: (request) => quiet.includes(request.url?.split('?', 1)[0] ?? '') },
      serializers: {
        req: ({ id, method, url }: { id: unknown; method: string; url: string }) => ({ id, method, url }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
    },
  });
}
