import { inject } from '@angular/core';
import { Router, type CanActivateFn } from '@angular/router';
import { Session } from './session.ts';

/**
 * Lets a page open for those who are logged in, and shows the login to the others. When the API cannot say, the page
 * opens and shows what is wrong itself.
 */
export const loggedIn: CanActivateFn = async (_route, state) => {
  const router = inject(Router);
  const session = inject(Session);
  const known = await session.check().catch(() => true);
  return known || router.createUrlTree(['/login'], { queryParams: state.url === '/' ? {} : { return: state.url } });
};
