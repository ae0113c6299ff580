import { Readable } from 'node:stream';
import { type CallHandler, type ExecutionContext, type NestInterceptor, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { csvText } from './csv-text.ts';
import type { Table } from './table.ts';
import { wantedFormat } from './wanted-format.ts';

/** Turns an answer into CSV for who asks for it. Takes `format` out of the query: schemas need not know it. */
export class CsvInterceptor<Answer> implements NestInterceptor<Answer, Answer | StreamableFile> {
  constructor(private readonly table: (answer: Answer) => Table) {}

  intercept(context: ExecutionContext, next: CallHandler<Answer>): Observable<Answer | StreamableFile> {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Querystring: Record<string, unknown> }>>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const { format, ...query } = request.query;
    request.query = query;
    const wanted = wantedFormat(format, request.headers.accept);
    void reply.header('vary', 'accept');
    if (wanted === 'json') return next.handle();
    return next.handle().pipe(map((answer) => streamed(this.table(answer))));
  }
}

function streamed(table: Table): StreamableFile {
  const type = 'text/csv; charset=utf-8; header=present';
  return new StreamableFile(Readable.from(csvText(table)), {
    type,
    disposition: 'attachment; filename="docksnap.csv"',
  });
}
