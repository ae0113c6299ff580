import type { Page } from 'playwright-core';

/** One picture: where, and what is done there before it is taken. */
export interface Scene {
  readonly name: string;
  readonly path: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

/** The example's present: a Tuesday, 12:00:30 UTC. */
const nowMs = Date.UTC(2026, 10, 24, 12, 0, 30);

/** What the time machine brings back, or that there was nothing. */
const state = async (page: Page): Promise<void> =>
  page
    .getByRole('main')
    .getByText(/^(Within 10 min|No node had reported)/)
    .first()
    .waitFor();

const charts = async (page: Page): Promise<void> => page.locator('canvas').nth(1).waitFor();

/** Follows the first link of that name in the list that is open. */
const follow =
  (name: RegExp) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('link', { name }).first().click();
    await charts(page);
  };

/** Where the first chart of the page is, in pixels. */
async function firstChart(page: Page): Promise<{ readonly x: number; readonly y: number; readonly width: number }> {
  const box = await page.getByRole('img', { name: /^CPU/ }).first().boundingBox();
  if (box === null) throw new Error('the page shows no chart');
  return { x: box.x, y: box.y + 100, width: box.width };
}

/** Points into the first chart, so that all charts show the cursor. */
const point = async (page: Page): Promise<void> => {
  const { x, y, width } = await firstChart(page);
  await page.mouse.move(x + width * 0.4, y);
};

/** Drags over a part of the first chart: all charts show that stretch of time. */
const zoom = async (page: Page): Promise<void> => {
  const { x, y, width } = await firstChart(page);
  await page.mouse.move(x + width * 0.3, y);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.6, y, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/from=/);
  await page.mouse.move(0, 0);
};

/** Follows a link of the page's head. */
const press =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('main').getByRole('link', { name, exact: true }).click();
    await charts(page);
  };

const inOrder =
  (...steps: ((page: Page) => Promise<void>)[]) =>
  async (page: Page): Promise<void> => {
    for (const step of steps) await step(page);
  };

/** What is worked out over a week is there. */
const sizing = async (page: Page): Promise<void> =>
  page
    .getByRole('region', { name: 'Sizing' })
    .getByText(/measured for/)
    .first()
    .waitFor();

const hints = async (page: Page): Promise<void> => page.getByRole('columnheader', { name: 'Sizing hint' }).waitFor();

const postMortem = async (page: Page): Promise<void> =>
  page.getByRole('region', { name: 'Post-mortem' }).getByText('What happened').waitFor();

/** The findings are there: the first look at the fleet takes a moment. */
const findings = async (page: Page): Promise<void> =>
  page
    .getByRole('region', { name: 'Needs attention' })
    .getByText(/critical/)
    .first()
    .waitFor();

const map = async (page: Page): Promise<void> => page.getByRole('list', { name: 'Containers of general-1' }).waitFor();

const events = async (page: Page): Promise<void> =>
  page.getByRole('region', { name: 'Events' }).getByRole('listitem').first().waitFor();

export const scenes: readonly Scene[] = [
  { name: 'fleet', path: '/', prepare: findings },
  { name: 'fleet-map', path: '/?view=map', prepare: inOrder(findings, map) },
  { name: 'fleet-map-memory', path: '/?view=map&colour=memory&top=memory', prepare: inOrder(findings, map) },
  { name: 'fleet-no-match', path: '/?q=nothing-has-this-name&top=restarts', prepare: findings },
  { name: 'events', path: '/events?last=3h', prepare: events },
  { name: 'events-filtered', path: '/events?last=3h&kinds=oom,deploy&namespace=checkout', prepare: events },
  { name: 'events-none', path: '/events?last=3h&q=nothing-has-this-name' },
  { name: 'events-wrong', path: '/events?last=3h&kinds=<script>' },
  { name: 'node', path: '/', prepare: follow(/^general-1$/) },
  { name: 'node-silent', path: '/', prepare: follow(/^batch-1$/) },
  { name: 'containers', path: '/containers' },
  { name: 'containers-none', path: '/containers?q=nothing-has-this-name' },
  {
    name: 'container-leaking',
    path: '/containers?q=checkout%20api&last=1h',
    prepare: inOrder(follow(/^api$/), postMortem),
  },
  {
    name: 'container-pointed',
    path: '/containers?q=checkout%20api&last=1h',
    prepare: inOrder(follow(/^api$/), point),
  },
  {
    name: 'container-zoomed',
    path: '/containers?q=checkout%20api&last=1h',
    prepare: inOrder(follow(/^api$/), zoom),
  },
  { name: 'container-throttled', path: '/containers?q=encoder&last=1h', prepare: follow(/^encoder$/) },
  { name: 'container-crashing', path: '/containers?q=ledger-writer&last=1h', prepare: follow(/^ledger-writer$/) },
  { name: 'container-hostile', path: '/containers?q=hostile', prepare: follow(/^hostile$/) },
  { name: 'workloads', path: '/workloads', prepare: hints },
  { name: 'workload', path: '/workloads/edge/Deployment/gateway', prepare: inOrder(charts, sizing) },
  { name: 'namespace', path: '/namespaces/checkout?last=1h', prepare: inOrder(charts, sizing) },
  { name: 'containers-columns', path: '/containers?columns=image,cpu,started&sort=memory' },
  { name: 'containers-wrong', path: '/containers?state=<script>&sort=sideways' },
  { name: 'compare-none', path: '/compare?of=process:7' },
  {
    name: 'compare-periods',
    path: '/containers?q=checkout%20api&last=1h',
    prepare: inOrder(follow(/^api$/), press('Compare')),
  },
  {
    name: 'palette',
    path: '/',
    prepare: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('ledger');
      await page.getByRole('option', { name: /ledger-writer container/ }).waitFor();
    },
  },
  {
    name: 'keyboard',
    path: '/',
    prepare: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'time-picker',
    path: '/compare',
    prepare: async (page) => page.getByRole('button', { name: 'Custom…' }).click(),
  },
  { name: 'time-machine', path: `/time-machine?last=1h&at=${nowMs - 1_260_000}`, prepare: state },
  { name: 'time-machine-pods', path: `/time-machine?last=1h&at=${nowMs - 600_000}&view=pods`, prepare: state },
  { name: 'time-machine-empty', path: `/time-machine?last=1h&at=${nowMs - 86_400_000}`, prepare: state },
  { name: 'settings', path: '/settings' },
  {
    name: 'about',
    path: '/about',
    prepare: async (page) => page.getByRole('link', { name: 'general-3' }).waitFor(),
  },
  { name: 'range-wrong', path: '/compare?last=forever' },
  { name: 'not-found', path: '/nothing/here' },
];
