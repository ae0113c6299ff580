import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Session } from './session.ts';

const me = { username: 'admin', scope: { kind: 'all' } };

describe('the session', () => {
  let session: Session;
  let http: HttpTestingController;

  beforeEach(() => {
    localStorage.clear();
    TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
    session = TestBed.inject(Session);
    http = TestBed.inject(HttpTestingController);
  });

  async function logIn(): Promise<void> {
    const done = session.logIn({ username: 'admin', password: 'p' });
    http.expectOne('/api/v1/auth/login').flush(null, { status: 204, statusText: 'No Content' });
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    http.expectOne('/api/v1/auth/me').flush(me);
    await done;
  }

  it('asks nothing for a browser in which nobody has logged in', async () => {
    expect(await session.check()).toBe(false);
    http.expectNone('/api/v1/auth/me');
  });

  it('asks who is logged in where somebody was', async () => {
    await logIn();
    const later = TestBed.runInInjectionContext(() => new Session());
    const checked = later.check();
    http.expectOne('/api/v1/auth/me').flush(me);
    expect(await checked).toBe(true);
  });

  it('stops asking once the session has ended', async () => {
    await logIn();
    const later = TestBed.runInInjectionContext(() => new Session());
    const checked = later.check();
    http.expectOne('/api/v1/auth/me').flush({}, { status: 401, statusText: 'Unauthorized' });
    expect(await checked).toBe(false);
    expect(await later.check()).toBe(false);
    http.expectNone('/api/v1/auth/me');
  });
});
