import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../cluster/paths.ts';

/** The documents, by their paths from the root. */
export const documents: readonly string[] = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'charts/docksnap/README.md'],
  ...globSync('docs/*.md', { cwd: CHECKOUT }).sort(),
];

/** A document's text. */
export function textOf(document: string): string {
  return readFileSync(join(CHECKOUT, document), 'utf8');
}

/** The contents of a text's fenced blocks in a language. */
export function blocksOf(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block);
}

/** A shell command that a document shows, in words as a shell splits them, without what it is piped into. */
export interface Command {
  readonly document: string;
  readonly words: readonly string[];
}

/** Every command of the documents' shell blocks. */
export function commandsOf(document: string): Command[] {
  const lines = blocksOf(textOf(document), 'sh').flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split('\n'));
  return lines
    .map((line) => wordsOf(line.replace(/^\w+=\S+$/, '')))
    .filter((words) => words.length > 0)
    .map((words) => ({ document, words }));
}

/** Splits at blanks, keeps what stands in single or double quotes together, ends at a comment or pipe. */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [, word = ''] of line.matchAll(/((?:'[^']*'|"[^"]*"|[^\s'"])+)/g)) {
    if (word === '|' || word.startsWith('#')) break;
    words.push(word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
  }
  return words;
}
