import { createHash, type Hash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from './image.ts';

/** A tag that changes with anything in the image: twelve hex digits of a hash over names, contents and settings. */
export function contentTag(image: Image): string {
  const hash = createHash('sha256');
  const { entrypoint, user = 0, links = {}, base = '', architecture, labels, madeAtSeconds } = image;
  hash.update(JSON.stringify([entrypoint, user, links, base, architecture, labels, madeAtSeconds]));
  for (const [target, source] of Object.entries(image.files)) addPath(hash, target, source, image.omit);
  return hash.digest('hex').slice(0, 12);
}

function addPath(hash: Hash, target: string, source: string, omit?: RegExp): void {
  if (omit?.test(target) === true) return;
  const found = lstatSync(source);
  if (found.isDirectory()) {
    for (const name of readdirSync(source).sort()) addPath(hash, join(target, name), join(source, name), omit);
  } else if (found.isSymbolicLink()) {
    hash.update(`\0link\0${target}\0${readlinkSync(source)}`);
  } else {
    hash.update(`\0file\0${target}\0${found.mode}\0${found.size}\0`).update(readFileSync(source));
  }
}
