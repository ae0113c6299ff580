import { readFileSync } from 'node:fs';

/** Where the API is, and what opens it. */
export interface Connection {
  readonly origin: string;
  readonly token: string;
}

const tokenShape = /^dsr_[0-9a-f]{16}_[\w-]{43}$/;
const ownNames = ['127.0.0.1', '[::1]', 'localhost'];

/** From the environment, and the file that it names: never from arguments, which others see. @throws TypeError */
export function connectionOf(env: Readonly<Record<string, string | undefined>>): Connection {
  return { origin: originOf(env['DOCKSNAP_URL'] ?? ''), token: tokenOf(env) };
}

function originOf(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      `DOCKSNAP_URL is "${text}"; allowed is the API's address, such as https://docksnap.example.com`,
    );
  }
  if (url.protocol === 'http:' && !ownNames.includes(url.hostname)) {
    throw new TypeError(
      `DOCKSNAP_URL is "${text}"; a token goes by http to this machine alone (127.0.0.1): use https, or forward a port`,
    );
  }
  return url.origin;
}

function tokenOf(env: Readonly<Record<string, string | undefined>>): string {
  const { DOCKSNAP_TOKEN: told, DOCKSNAP_TOKEN_FILE: file } = env;
  if (told !== undefined && file !== undefined) {
    throw new TypeError('DOCKSNAP_TOKEN and DOCKSNAP_TOKEN_FILE are both set; keep one');
  }
  if (told === undefined && file === undefined) {
    throw new TypeError('no read token: set DOCKSNAP_TOKEN_FILE to a file that holds one (docs/exports.md tells how)');
  }
  const token = (told ?? read(file ?? '')).trim();
  if (tokenShape.test(token)) return token;
  const from = file === undefined ? 'DOCKSNAP_TOKEN' : `DOCKSNAP_TOKEN_FILE, ${file},`;
  throw new TypeError(`${from} holds no read token; one begins with dsr_ (docs/exports.md tells how to make it)`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TypeError(`DOCKSNAP_TOKEN_FILE cannot be read: ${why}`, { cause: error });
  }
}
