import { HttpResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { tap } from 'rxjs';
import { Clock } from '../time/clock.ts';

/** Teaches the clock the API's time from each answer. */
export const serverTime: HttpInterceptorFn = (request, next) => {
  const clock = inject(Clock);
  return next(request).pipe(
    tap((event) => {
      if (!(event instanceof HttpResponse)) return;
      const serverMs = Date.parse(event.headers.get('date') ?? '');
      if (Number.isFinite(serverMs)) clock.learn(serverMs);
    }),
  );
};
