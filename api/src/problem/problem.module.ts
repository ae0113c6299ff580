import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { HostileNames } from './hostile-names.interceptor.ts';
import { ProblemFilter } from './problem.filter.ts';
import { validationPipe } from './validation.ts';

/** Every answer that is not 2xx, of every route. */
@Module({
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_INTERCEPTOR, useClass: HostileNames },
    { provide: APP_PIPE, useFactory: validationPipe },
  ],
})
export class ProblemModule {}
