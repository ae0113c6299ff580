/**
 * Compresses the build once, so that the API need not do it for each answer: every text file gets a .br and a .gz
 * beside it, and the first load is held to its budget.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = join(import.meta.dirname, 'dist/browser');
/** Below this an answer fits into one packet anyway. */
const smallestBytes = 1024;
/** All JavaScript that index.html names, as brotli. */
const initialBudgetBytes = 170 * 1024;

const compressed = new Map();
for (const name of readdirSync(folder)) {
  const path = join(folder, name);
  // index.html gets a nonce in each answer.
  if (!/\.(js|css|svg)$/.test(name) || statSync(path).size < smallestBytes) continue;
  const content = readFileSync(path);
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  writeFileSync(`${path}.br`, brotli);
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  compressed.set(name, brotli.length);
}

const page = readFileSync(join(folder, 'index.html'), 'utf8');
const initial = new Set(page.match(/[\w-]+\.js(?=")/g));
const bytes = [...initial].reduce((sum, name) => sum + (compressed.get(name) ?? statSync(join(folder, name)).size), 0);
console.log(`initial JavaScript: ${(bytes / 1024).toFixed(1)} KiB as brotli, in ${initial.size} files`);
if (bytes > initialBudgetBytes) {
  console.error(`that is more than ${initialBudgetBytes / 1024} KiB: load what the first page does not need lazily`);
  process.exitCode = 1;
}
