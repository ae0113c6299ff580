import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../../cluster/paths.ts';
import { chromiumPath } from '../../test/chromium.ts';

export type Theme = 'light' | 'dark';

const folder = join(CHECKOUT, 'e2e/screenshots');

/** A real Chromium. As root it cannot use its sandbox; the other flags keep it from asking the network for anything. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page whose every complaint is kept: console errors and warnings, and exceptions that nobody caught. */
export interface WatchedPage {
  readonly page: Page;
  readonly complaints: string[];
}

export async function openPage(browser: Browser, theme: Theme, width = 1440): Promise<WatchedPage> {
  const context = await browser.newContext({ colorScheme: theme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}

/** Logs in on the page that asks for it. */
export async function logIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('User').fill('admin');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** Takes a picture of the whole page, for people to look at. */
export async function picture(page: Page, name: string, theme: Theme): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}-${theme}.png`), fullPage: true });
}
