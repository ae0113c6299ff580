export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export type LogFields = Readonly<Record<string, string | number | boolean>>;

/** One JSON line per event. Callers pass no secret: no token, no header, no body. */
export type Log = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>>;

/** A log that writes events of `least` and above as lines to `write`. */
export function createLog(least: LogLevel, write: (line: string) => void, wallMs: () => number): Log {
  const at = (level: LogLevel) => {
    if (logLevels.indexOf(level) < logLevels.indexOf(least)) return () => undefined;
    return (message: string, fields: LogFields = {}) => {
      write(`${JSON.stringify({ time: new Date(wallMs()).toISOString(), level, message, ...fields })}\n`);
    };
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
