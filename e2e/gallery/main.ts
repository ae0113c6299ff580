/** `npm run gallery`: every screen of the console as a picture, audited, on an example fleet with a clock that stands. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CHECKOUT } from '../cluster/paths.ts';
import { run } from '../cluster/process.ts';
import { openBrowser } from '../system/support/browser.ts';
import { ensureChromium } from '../test/chromium.ts';
import { startExample } from './example.ts';
import { openGallery, type Look } from './gallery.ts';
import { scenes } from './scenes.ts';

const help = `npm run gallery: pictures of all screens of the console, in e2e/screenshots/gallery

  npm run gallery -- [--only WORDS] [--theme light|dark] [--width 1440|390] [--as-built]

  --only WORDS   only scenes whose names contain this
  --theme        one theme (default: both)
  --width        one width in pixels (default: 1440 and 390)
  --as-built     does not build the console first
  --help         this text

Each picture is audited with axe-core. Ends with 1 when a page breaks a rule of accessibility or complains on its
console.`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean' },
    only: { type: 'string' },
    theme: { type: 'string' },
    width: { type: 'string' },
    'as-built': { type: 'boolean' },
  },
});

const folder = join(CHECKOUT, 'e2e/screenshots/gallery');
const buildTimeoutMs = 300_000;

function looks(): readonly Look[] {
  const all = [1440, 390].flatMap((width) => (['light', 'dark'] as const).map((theme) => ({ theme, width })));
  return all.filter(
    (look) =>
      (values.theme ?? look.theme) === look.theme && (values.width ?? String(look.width)) === String(look.width),
  );
}

async function main(): Promise<void> {
  await ensureChromium();
  if (values['as-built'] !== true) {
    console.log('Building the console');
    await run('npm', ['run', 'build', '--workspace', '@docksnap/console'], {
      cwd: CHECKOUT,
      timeoutMs: buildTimeoutMs,
    });
  }
  mkdirSync(folder, { recursive: true });
  const example = await startExample();
  const browser = await openBrowser();
  let faults = 0;
  try {
    for (const look of looks()) {
      const gallery = await openGallery(browser, example, look);
      for (const scene of scenes.filter(({ name }) => name.includes(values.only ?? ''))) {
        const found = await gallery.take(scene, folder);
        faults += found.length;
        console.log(`${scene.name}-${look.theme}-${look.width}: ${found.length === 0 ? 'good' : found.join('\n    ')}`);
      }
      await gallery.close();
    }
  } finally {
    await browser.close();
    await example.stop();
  }
  console.log(faults === 0 ? `Pictures are in ${folder}` : `${faults} faults; pictures are in ${folder}`);
  process.exitCode = faults === 0 ? 0 : 1;
}

if (values.help === true) console.log(help);
else await main();
