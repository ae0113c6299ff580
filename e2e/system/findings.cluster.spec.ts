import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventsAnswerSchema, findingsAnswerSchema, seriesAnswerSchema } from '@docksnap/contract';
import type { ApiClient } from './support/api-client.ts';
import { kubectl, signedIn } from './support/system.ts';
import { until } from './support/until.ts';

/** The demonstration's leak is killed about every two minutes, and then waits for up to five. */
const foundMs = 10 * 60_000;
const storedMs = 60_000;

let person: ApiClient;

beforeAll(async () => {
  person = await signedIn();
});

describe('what needs attention', () => {
  it.each([
    ['a leak', 'leak', 'shop', 'leaking', /^leaks .*MiB\/min.*24 MiB limit/],
    [
      'a container that its limit holds back',
      'throttled',
      'batch',
      'throttled',
      /^is throttled in \d+ % of its periods/,
    ],
    ['a crash loop', 'crash-loop', 'batch', 'crashing', /^keeps crashing: .*exit code 3/],
  ])(
    'is found of the demonstration: %s',
    async (_sentence, kind, namespace, workload, words) => {
      const query = new URLSearchParams({ kind, namespace, workload: `${namespace}/Deployment/${workload}` });
      const finding = await until(`a ${kind} of ${workload}`, foundMs, async () => {
        const { items } = await person.get(`/api/v1/findings?${query.toString()}`, findingsAnswerSchema);
        return items[0];
      });
      expect(finding.sentence).toMatch(words);
      const { subject, fromMs, toMs } = finding;
      const range = new URLSearchParams({ container: subject.id, from: String(fromMs), to: String(toMs) });
      const { metrics } = await person.get(`/api/v1/series?${range.toString()}`, seriesAnswerSchema);
      const metric = finding.chart === 'cpu' ? 'cpuCores' : 'workingSetBytes';
      expect(metrics[metric]?.values.some((value) => value !== null)).toBe(true);
    },
    foundMs + 60_000,
  );
});

describe('what happens', () => {
  it.each([
    ['ends for want of memory', 'kinds=oom&workload=shop/Deployment/leaking', /^OOM-killed, exit code 137/],
    ['ends by error', 'kinds=exit&workload=batch/Deployment/crashing', /^Ended with exit code 3/],
    ['restarts', 'kinds=restart&workload=batch/Deployment/crashing', /^Started again/],
    ['what the kubelet reports', 'kinds=kubernetes&warnings=only&workload=batch/Deployment/crashing', /[Bb]ack-off/],
  ])(
    'is kept: %s',
    async (_sentence, query, words) => {
      const event = await until(query, foundMs, async () => {
        const { items } = await person.get(`/api/v1/events?${query}`, eventsAnswerSchema);
        return items.find(({ message }) => words.test(message));
      });
      expect(event.containerId).not.toBeNull();
    },
    foundMs + 60_000,
  );

  it('is kept: another image, as a deploy', async () => {
    const fromMs = Date.now();
    await kubectl('-n', 'shop', 'set', 'image', 'deployment/visitors', 'wget=localhost/docksnap/pause:1');
    try {
      const deploy = await until('the deploy', storedMs * 3, async () => {
        const query = `kinds=deploy&namespace=shop&from=${fromMs - 60_000}`;
        const { items } = await person.get(`/api/v1/events?${query}`, eventsAnswerSchema);
        return items[0];
      });
      expect(deploy.message).toContain('Deployment visitors: image');
    } finally {
      await kubectl('-n', 'shop', 'rollout', 'undo', 'deployment/visitors');
    }
  }, 240_000);
});
