import * as z from 'zod';

const TAKEN_OUT = '(taken out)';
/** Values by which DockSnap's own parts are set up and that hold nothing secret. */
const OPEN_VARIABLES = /^DOCKSNAP_(?!MONGODB_URI$)/;
const FREE_TEXT = ['annotations', 'args', 'command', 'data', 'stringData', 'binaryData', 'managedFields'];

const variable = z.looseObject({ name: z.string(), value: z.string() });

/**
 * An object as Kubernetes gives it without what may be secret: values of environment variables that are not
 * DockSnap's own, annotations, arguments, data of any kind, and secrets within texts.
 */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return textWithoutSecrets(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const found = variable.safeParse(value);
  if (found.success && !OPEN_VARIABLES.test(found.data.name)) return { ...found.data, value: TAKEN_OUT };
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, FREE_TEXT.includes(name) ? TAKEN_OUT : withoutSecrets(inner)]),
  );
}

const SECRETS: readonly [RegExp, string][] = [
  // The user and password of a URI.
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi, `$1${TAKEN_OUT}@`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?-----END [A-Z ]*PRIVATE KEY-----/g, TAKEN_OUT],
  // JSON Web Tokens, those of ServiceAccounts among them.
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, TAKEN_OUT],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${TAKEN_OUT}`],
  [
    /((?:password|passwd|secret|token|api[-_]?key|cookie|authorization)["']?\s*[=:]\s*["']?)[^\s"',;}]+/gi,
    `$1${TAKEN_OUT}`,
  ],
];

/** A text, such as a log, without what looks like a secret in it. */
export function textWithoutSecrets(text: string): string {
  return SECRETS.reduce((rest, [pattern, instead]) => rest.replaceAll(pattern, instead), text);
}
