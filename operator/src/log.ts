import type { Config } from './config.ts';

const levels = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof levels)[number];

/** Writes one JSON object a line. Fields never hold tokens, Secrets or whole objects. */
export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}
type Write = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** A log that leaves out what is below the level. */
export function createLog(level: Config['logLevel'], write: (line: string) => void = print): Log {
  const at =
    (own: Level): Write =>
    (message, fields = {}) => {
      if (levels.indexOf(own) < levels.indexOf(level)) return;
      write(JSON.stringify({ time: new Date().toISOString(), level: own, message, ...fields }));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
