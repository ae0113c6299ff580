import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** The auditor as a script for the page: our policy forbids to load it from elsewhere. */
export const auditor = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules of WCAG 2.2 A and AA, and what axe holds for good practice besides. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What a page does against the rules of accessibility: one line for each rule and element. */
export async function violations(page: Page): Promise<readonly string[]> {
  const results = await page.evaluate(async (values) => axe.run({ runOnly: { type: 'tag', values } }), tags);
  return results.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} (${rule.help})`),
  );
}
