import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { logIn, openPage, type Theme } from '../system/support/browser.ts';
import { auditor, violations } from './audit.ts';
import type { Example } from './example.ts';
import type { Scene } from './scenes.ts';

/** How a picture looks: its theme, and its width in pixels. */
export interface Look {
  readonly theme: Theme;
  readonly width: number;
}

interface Gallery {
  /** Takes a scene's picture into a folder. @returns what is wrong with the page, by axe and by its own console. */
  take(scene: Scene, folder: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The console in a browser whose clock stands where the example's does, logged in. */
export async function openGallery(browser: Browser, example: Example, { theme, width }: Look): Promise<Gallery> {
  const { page, complaints } = await openPage(browser, theme, width);
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme });
  await page.clock.install({ time: example.nowMs });
  await page.addInitScript(auditor);
  await page.goto(example.url);
  await logIn(page, example.password);
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor();

  const take = async (scene: Scene, folder: string): Promise<readonly string[]> => {
    complaints.length = 0;
    await page.goto(example.url + scene.path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await scene.prepare?.(page);
    await page.evaluate('document.fonts.ready.then(() => true)');
    await page.clock.runFor(1000);
    await page.screenshot({ path: join(folder, `${scene.name}-${theme}-${width}.png`), fullPage: true });
    return [...complaints, ...(await violations(page))];
  };
  return { take, close: async () => page.context().close() };
}
