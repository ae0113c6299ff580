import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SeriesAnswer, seriesAnswerSchema } from '@docksnap/contract';
import { ExampleApi, noonMs } from '../testing/example-api.ts';
import { rounded } from '../testing/rounded.ts';

const example = new ExampleApi();
beforeAll(async () => example.start(), 60_000);
afterAll(async () => example.stop());

async function series(query: string): Promise<SeriesAnswer> {
  return seriesAnswerSchema.parse(await example.ask(`series?${query}`));
}

describe('GET /api/v1/series', () => {
  it('gives the last ten minutes in steps of a minute by default', async () => {
    const answer = await series('container=$node-1~web-1-uid~server');
    expect(answer).toMatchObject({ fromMs: noonMs - 600_000, toMs: noonMs, stepSeconds: 60, partial: null });
    expect(answer.timestamps).toEqual(Array.from({ length: 10 }, (_, index) => noonMs - (9 - index) * 60_000));
    expect(answer.metrics['cpuCores']?.unit).toBe('cores');
    expect(rounded(answer.metrics['cpuCores']?.values)).toEqual(Array(10).fill(0.5));
    expect(answer.metrics['workingSetBytes']).toEqual({ unit: 'bytes', values: Array(10).fill(100) });
  });

  it.each([
    ['a node', 'node=$node-1', 0.625],
    ['a namespace over its nodes', 'namespace=shop', 0.875],
    ['a workload over its nodes', 'workload=shop/Deployment/web', 0.875],
    ['a pod that stands for itself', 'workload=billing/Pod/ledger', 1],
  ])('gives the rate of %s', async (_sentence, query, cores) => {
    const { metrics } = await series(`${query}&metrics=cpuCores`);
    expect(Object.keys(metrics)).toEqual(['cpuCores']);
    expect(rounded(metrics['cpuCores']?.values)).toEqual(Array(10).fill(cores));
  });

  it.each([
    ['of the pod that a container shares it in', 'container=$node-1~web-1-uid~proxy', 300],
    ['summed over pods, not over containers', 'namespace=shop', 600],
  ])('gives network %s', async (_sentence, query, perSecond) => {
    const { metrics } = await series(`${query}&metrics=networkReceivedBytesPerSecond`);
    expect(rounded(metrics['networkReceivedBytesPerSecond']?.values)).toEqual(Array(10).fill(perSecond));
  });

  it('has null where nothing is known', async () => {
    const { metrics } = await series(`node=$node-1&from=${noonMs - 60_000}&to=${noonMs + 180_000}`);
    expect(rounded(metrics['cpuCores']?.values)).toEqual([0.625, null, null, null]);
  });

  it.each(['namespace=shop', 'node=$node-1', 'container=$node-1~web-1-uid~server'])(
    'refuses %s before it holds more parts of steps than it may',
    async (subject) => {
      const from = noonMs - 4000 * 86_399_000;
      const answer = await example.get(`series?${subject}&from=${from}&stepSeconds=86399&statistic=max`);
      expect([answer.status, answer.body]).toMatchObject([422, { code: 'too_much_work', asked: expect.any(Number) }]);
    },
  );

  it.each([
    ['no selector', '', 422, 'container'],
    ['two selectors', 'node=a&namespace=b', 422, 'container'],
    ['an unknown metric', 'namespace=shop&metrics=cpuCores,load', 422, 'metrics'],
    ['a metric that is a member of every object', 'namespace=shop&metrics=constructor', 422, 'metrics'],
    ['a step of nothing', 'namespace=shop&stepSeconds=0', 422, 'stepSeconds'],
    ['a time that is none', 'namespace=shop&from=yesterday', 422, 'from'],
    ['a parameter twice', 'namespace=shop&metrics=cpuCores&metrics=rssBytes', 422, 'metrics'],
    ['an operator of the database', 'namespace=shop&node[$ne]=x', 422, 'node[$ne]'],
    ['a parameter that nobody knows', 'namespace=shop&step=60', 422, 'step'],
    ['too many points', `namespace=shop&from=0&to=${noonMs}&stepSeconds=1`, 422, 'stepSeconds'],
    ['a workload that is no path', 'workload=web', 422, 'workload'],
    ['an unknown container', 'container=0000000000000000~pod~name', 404, undefined],
    ['what cannot be a container', 'container=../../etc', 404, undefined],
    ['an unknown node', 'node=0000000000000000', 404, undefined],
    ['an unknown namespace', 'namespace=nowhere', 404, undefined],
    ['an unknown workload', 'workload=shop/Deployment/nothing', 404, undefined],
  ])('refuses %s', async (_sentence, query, status, parameter) => {
    const answer = await example.get(`series?${query}`);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject(
      parameter === undefined ? { code: 'not_found' } : { code: 'invalid_query', parameter },
    );
  });
});
