import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Config } from './config.ts';

/** One JSON object per line on stdout. Requests are logged by http/request-log.ts, without pino's middleware. */
export function loggingModule(level: Config['logLevel']): DynamicModule {
  return LoggerModule.forRoot({ pinoHttp: { level, autoLogging: false }, forRoutes: [] });
}
