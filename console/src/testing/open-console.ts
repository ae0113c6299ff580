import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { within } from '@testing-library/dom';
import { appConfig } from '../app/app.config.ts';
import { openEventStream } from '../app/live/live-stream.ts';
import { browserNow } from '../app/time/clock.ts';
import { noonMs } from './answers.ts';
import { FakeEventStream } from './fake-event-stream.ts';

/** What the API answers below /api/v1, by path: a body, or a status with a body. Paths that are absent never answer. */
export type Answers = Record<string, object | null>;

/** An answer that is not 2xx. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly body: object,
  ) {}
}

/** The API's error answer. */
export function refusal(status: number, code: string, message: string): Refusal {
  return new Refusal(status, { statusCode: status, code, message, requestId: 'request-7' });
}

export const me = { username: 'admin', scope: { kind: 'all' } };

/** The whole console at a URL, with a clock that stands at noon, an API that answers as told, and streams in hand. */
export class OpenConsole {
  /** Each request so far, as "GET /nodes?x=1". */
  readonly requests: string[] = [];
  readonly #http: HttpTestingController;

  private constructor(
    public answers: Answers,
    readonly harness: RouterTestingHarness,
    /** Opened so far, the newest last. */
    readonly streams: readonly FakeEventStream[],
  ) {
    this.#http = TestBed.inject(HttpTestingController);
  }

  static async at(url: string, answers: Answers): Promise<OpenConsole> {
    const streams: FakeEventStream[] = [];
    // Somebody logged in with this browser before; whether the session still lives is the answers' to say.
    localStorage.setItem('docksnap.loggedIn', '1');
    TestBed.configureTestingModule({
      providers: [
        ...appConfig.providers,
        provideHttpClientTesting(),
        { provide: browserNow, useValue: () => noonMs },
        {
          provide: openEventStream,
          useValue: (streamUrl: string) => {
            const stream = new FakeEventStream(streamUrl);
            streams.push(stream);
            return stream;
          },
        },
      ],
    });
    const opened = new OpenConsole({ '/auth/me': me, ...answers }, await RouterTestingHarness.create(), streams);
    const navigation = opened.harness.navigateByUrl(url);
    await opened.settle();
    await navigation;
    await opened.settle();
    return opened;
  }

  /** Queries by role, label and text. */
  get screen() {
    return within(document.body);
  }

  get url(): string {
    return TestBed.inject(Router).url;
  }

  /** Answers all requests and lets the page take them in. */
  async settle(): Promise<void> {
    for (let round = 0; round < 12; round += 1) {
      await new Promise((resolve) => setTimeout(resolve));
      for (const pending of this.#http.match(() => true)) this.#answer(pending);
    }
    this.harness.detectChanges();
  }

  #answer(pending: ReturnType<HttpTestingController['match']>[number]): void {
    const { method, url, urlWithParams } = pending.request;
    this.requests.push(`${method} ${urlWithParams.replace('/api/v1', '')}`);
    const answer = this.answers[url.replace('/api/v1', '')];
    if (pending.cancelled || answer === undefined) return;
    if (answer instanceof Refusal) pending.flush(answer.body, { status: answer.status, statusText: 'refused' });
    else pending.flush(answer);
  }
}
