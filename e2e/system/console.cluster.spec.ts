import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Theme, WatchedPage } from './support/browser.ts';
import { logIn, openBrowser, openPage, picture } from './support/browser.ts';
import { adminPassword, consoleOrigin, untilAllReport } from './support/system.ts';

const themes: readonly Theme[] = ['light', 'dark'];
let browser: Browser;
let opened: WatchedPage;

/** Opens a page of the console as somebody who has just logged in there. */
async function enter(path: string): Promise<Page> {
  const { page } = opened;
  await page.goto(consoleOrigin() + path);
  await logIn(page, await adminPassword());
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

describe('the console in a real browser', () => {
  beforeAll(async () => {
    await untilAllReport();
    browser = await openBrowser();
  }, 240_000);

  afterAll(async () => {
    await browser.close();
  });

  beforeEach(async () => {
    opened = await openPage(browser, 'light');
  });

  afterEach(async () => {
    await opened.page.context().close();
  });

  it('asks for a password, refuses a wrong one in words, and lets the right one in', async () => {
    const { page } = opened;
    await page.goto(consoleOrigin());
    await logIn(page, 'not the password');
    await page.getByRole('alert').waitFor();
    await logIn(page, await adminPassword());
    await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
  }, 60_000);

  it('finds the throttled container by its name and shows its CPU against its limit', async () => {
    const page = await enter('/containers?q=encoder');
    await page
      .getByRole('link', { name: /encoder/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /encoder/ }).waitFor();
    await page.getByText('throttled, share of periods').waitFor();
    await page.locator('canvas').nth(1).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/containers\/[0-9a-f]{16}~/);
  }, 60_000);

  it('finds the container that is killed and started again, and what its memory did before', async () => {
    const page = await enter('/containers?namespace=shop&sort=restarts');
    await page.getByRole('link', { name: /cache/ }).first().click();
    await page.getByRole('heading', { level: 1, name: 'cache' }).waitFor();
    const facts = page.locator('[aria-label="Facts"]');
    await facts.getByText('OOMKilled').waitFor();
    // Its last kill stands in the chart, for those who do not see it in words.
    await page.getByText('1 h', { exact: true }).click();
    await page.getByRole('img', { name: /^Memory, MiB.*(OOM kill|restart) at/ }).waitFor();
  }, 60_000);

  it('finds the container that crashes again and again by its restarts', async () => {
    const page = await enter('/containers?namespace=batch&sort=restarts');
    await page
      .getByRole('link', { name: /migrator/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'migrator' }).waitFor();
    await page.locator('[aria-label="Facts"]').getByText('exit code 3').waitFor();
  }, 60_000);

  it('finds by the palette, zooms by a drag, and goes back by a double click', async () => {
    const page = await enter('/');
    await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('encoder');
    await page.getByRole('option', { name: /encoder container in throttled/ }).click();
    const chart = page.getByRole('img', { name: /^CPU/ });
    await page.locator('canvas').first().waitFor();
    const box = await chart.boundingBox();
    if (box === null) throw new Error('the chart has no place on the page');
    const y = box.y + 100;
    await page.mouse.move(box.x + box.width * 0.3, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, y, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(/from=\d+&to=\d+/);
    await chart.dblclick();
    await page.waitForURL((url) => !url.searchParams.has('from'));
  }, 90_000);

  it('compares a container with its own past', async () => {
    const page = await enter('/containers?q=encoder');
    await page
      .getByRole('link', { name: /encoder/ })
      .first()
      .click();
    await page.getByRole('main').getByRole('link', { name: 'Compare' }).click();
    await page.getByRole('img', { name: /^CPU.*this period.*the hour before/ }).waitFor();
    await page.getByRole('region', { name: 'Differences' }).waitFor();
  }, 60_000);

  it('keeps the time range in the URL, and a link shows the same', async () => {
    const page = await enter('/containers?q=encoder');
    await page
      .getByRole('link', { name: /encoder/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: /encoder/ }).waitFor();
    await page.getByText('1 h', { exact: true }).click();
    await page.waitForURL(/last=1h/);
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('heading', { level: 1, name: /encoder/ }).waitFor();
    expect(page.url()).toBe(link);
  }, 60_000);

  it('says of a container that is not there what that is', async () => {
    const page = await enter('/containers/0000000000000000~nothing~nothing');
    await page
      .getByText(/No container has this id/)
      .first()
      .waitFor();
  }, 60_000);

  it.each(themes)(
    'shows each page without a complaint, in %s',
    async (theme) => {
      await opened.page.context().close();
      opened = await openPage(browser, theme);
      const { page, complaints } = opened;
      await page.goto(consoleOrigin());
      await page.getByLabel('Password').waitFor();
      await picture(page, 'login', theme);
      await logIn(page, await adminPassword());
      await page.getByRole('link', { name: 'node1' }).first().waitFor();
      await picture(page, 'fleet', theme);
      await page.getByRole('link', { name: 'node1' }).first().click();
      await page.getByText('Top consumers').waitFor();
      await page.locator('canvas').first().waitFor();
      await picture(page, 'node', theme);
      for (const name of ['Workloads', 'Containers'] as const) {
        await page.getByRole('link', { name, exact: true }).first().click();
        await page.getByRole('heading', { level: 1, name }).waitFor();
        await page
          .getByRole('link', { name: name === 'Containers' ? /encoder/ : /throttled/ })
          .first()
          .waitFor();
        await picture(page, name.toLowerCase(), theme);
      }
      await page
        .getByRole('link', { name: /encoder/ })
        .first()
        .click();
      await page.locator('canvas').first().waitFor();
      await page.getByText('throttled, share of periods').waitFor();
      await picture(page, 'container', theme);
      expect(complaints).toEqual([]);
    },
    120_000,
  );
});
