import { setTimeout as sleep } from 'node:timers/promises';

const callMs = 120_000;
const readyMs = 60_000;

/** The text of a 2xx answer; a body makes it a POST. @throws naming address, status and the answer's beginning. */
export async function call(url: string, body?: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const signal = AbortSignal.timeout(callMs);
  const response = await fetch(url, { signal, ...(body === undefined ? {} : { method: 'POST', body }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 300)}`);
  return text;
}

/** Asks until the answer is 2xx and as wanted. @throws with the last failure after a minute. */
export async function until(url: string, wanted: (text: string) => boolean = () => true): Promise<void> {
  const deadlineMs = Date.now() + readyMs;
  for (;;) {
    const failure = await call(url).then(
      (text) => (wanted(text) ? undefined : `it answers ${text.slice(0, 100)}`),
      (error: unknown) => String(error),
    );
    if (failure === undefined) return;
    if (Date.now() > deadlineMs) throw new Error(`${url} was not as wanted within ${readyMs} ms: ${failure}`);
    await sleep(50);
  }
}
