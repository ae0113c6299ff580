import type { Page } from 'playwright-core';

/** One picture: where, and what is done there before it is taken. */
export interface Scene {
  readonly name: string;
  readonly path: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

const charts = async (page: Page): Promise<void> => page.locator('canvas').nth(1).waitFor();

/** Follows the first link of that name in the list that is open. */
const follow =
  (name: RegExp) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('link', { name }).first().click();
    await charts(page);
  };

export const scenes: readonly Scene[] = [
  { name: 'fleet', path: '/' },
  { name: 'node', path: '/', prepare: follow(/^general-1$/) },
  { name: 'node-silent', path: '/', prepare: follow(/^batch-1$/) },
  { name: 'containers', path: '/containers' },
  { name: 'containers-none', path: '/containers?q=nothing-has-this-name' },
  { name: 'container-leaking', path: '/containers?q=checkout%20api&last=1h', prepare: follow(/^api$/) },
  { name: 'container-throttled', path: '/containers?q=encoder&last=1h', prepare: follow(/^encoder$/) },
  { name: 'container-crashing', path: '/containers?q=ledger-writer&last=1h', prepare: follow(/^ledger-writer$/) },
  { name: 'container-hostile', path: '/containers?q=hostile', prepare: follow(/^hostile$/) },
  { name: 'workloads', path: '/workloads' },
  { name: 'not-found', path: '/nothing/here' },
];
