const mask = '***';
const words =
  'pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|(?:api|access|private|secret)[-_]?key|auth(?:orization)?';

/** What stands before a secret, which is kept, and the secret. Each takes time in proportion to the text. */
const rules: readonly RegExp[] = [
  // Bearer x, Basic x
  /\b((?:bearer|basic)\s)(\S+)/gi,
  // --password=x, --db-token x, PGPASSWORD=x, api_key:x
  new RegExp(String.raw`((?:${words})["']?(?:[=:]\s?|\s(?!-)))("[^"]*"|'[^']*'|\S+)`, 'gi'),
  // https://user:x@address
  /(:\/\/[^\s/:@]{0,64}:)([^\s/@]+)(?=@)/g,
  // mysql -px
  /((?:^|\s)-p)([^\s=]+)(?=\s|$)/g,
];

/** A command line without what looks like a secret in its arguments: rather one word too many than one too few. */
export function masked(command: string): string {
  return rules.reduce((text, rule) => text.replace(rule, `$1${mask}`), command);
}
