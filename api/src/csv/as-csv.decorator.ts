import { UseInterceptors } from '@nestjs/common';
import { ApiProduces, ApiQuery } from '@nestjs/swagger';
import { CsvInterceptor } from './csv.interceptor.ts';
import type { Table } from './table.ts';
import { formats } from './wanted-format.ts';

/** The route answers in CSV too: with `format=csv`, or an Accept header that names text/csv before JSON. */
export function AsCsv<Answer>(table: (answer: Answer) => Table) {
  const decorators = [
    UseInterceptors(new CsvInterceptor(table)),
    ApiProduces('application/json', 'text/csv'),
    ApiQuery({ name: 'format', required: false, enum: formats }),
  ];
  return <Route extends (...parameters: never[]) => Promise<Answer>>(
    target: object,
    name: string,
    route: TypedPropertyDescriptor<Route>,
  ): void => {
    for (const decorate of decorators) decorate(target, name, route);
  };
}
