import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { catchError, throwError } from 'rxjs';
import { Session } from './session.ts';

/** A session that ended while a page was open: to the login, and back to the same URL afterwards. */
export const sessionExpiry: HttpInterceptorFn = (request, next) => {
  const router = inject(Router);
  const session = inject(Session);
  return next(request).pipe(
    catchError((error: unknown) => {
      const ended = error instanceof HttpErrorResponse && error.status === 401 && session.me() !== undefined;
      if (ended) {
        session.forget();
        void router.navigate(['/login'], { queryParams: { return: router.url, ended: true } });
      }
      return throwError(() => error);
    }),
  );
};
