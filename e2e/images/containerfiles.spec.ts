import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../cluster/paths.ts';
import type { Image } from './image.ts';
import { agentImage, apiImage, operatorImage } from './services.ts';
import { trialDatabaseImage } from './tools.ts';

/** What `npm run images` makes, by the file that makes the same with Docker. */
const images: readonly [string, Image][] = [
  ['agent/Containerfile', agentImage('')],
  ['operator/Containerfile', operatorImage('')],
  ['api/Containerfile', apiImage('')],
  ['api/trial-database/Containerfile', trialDatabaseImage('')],
];

/** The instructions of a file's last stage by their first word, continued lines joined. */
function lastStage(text: string): string[] {
  const lines = text
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line));
  return lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
}

describe.each(images)('%s', (path, image) => {
  const text = readFileSync(join(CHECKOUT, path), 'utf8');
  const last = lastStage(text);

  it('starts what npm run images starts, as the same user', () => {
    expect(last).toContain(`USER ${String(image.user)}:${String(image.user)}`);
    expect(last).toContain(`ENTRYPOINT ${JSON.stringify(image.entrypoint).replaceAll(',', ', ')}`);
  });

  it('holds what npm run images holds', () => {
    const targets = last.filter((line) => line.startsWith('COPY ')).map((line) => line.split(' ').at(-1));
    expect(targets).toEqual(expect.arrayContaining(Object.keys(image.files)));
  });

  it('copies from the source what is there', () => {
    const copied = [...text.matchAll(/^COPY (?!--from)(\S+) /gm)].map(([, from = '']) => from);
    expect(copied.length).toBeGreaterThan(0);
    expect(copied.filter((from) => !existsSync(join(CHECKOUT, from)))).toEqual([]);
  });

  it('is told of under the tag that the chart asks for', () => {
    expect(text).toContain(`docksnap/${image.name}:0.1.0`);
  });
});
