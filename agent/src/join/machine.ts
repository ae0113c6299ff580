import { createPrivateKey, type KeyObject } from 'node:crypto';
import { access, constants, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError } from '../config-env.ts';
import { codeOf, messageOf } from '../errors.ts';
import { objectOf, textOf } from '../json.ts';

/** Who this machine is to an API outside Kubernetes. */
export interface Machine {
  readonly id: string;
  /** The name that the API gave it. */
  readonly name: string;
  /** Of the API that it joined. */
  readonly url: string;
  readonly key: KeyObject;
  /** PEM file of the authority that the API's certificate is of; undefined: one that this machine knows anyway. */
  readonly caFile: string | undefined;
}

export type NewMachine = Omit<Machine, 'key' | 'caFile'> & {
  readonly keyPem: string;
  readonly ca: string | undefined;
};

const files = { identity: 'machine.json', key: 'key.pem', ca: 'ca.crt' } as const;

/** Makes the folder that an identity will be kept in. @throws ConfigError when this user cannot write there */
export async function prepareFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    const message = `no identity can be kept in ${directory} (${messageOf(error)})`;
    throw new ConfigError(`${message}; be a user who may write there, or name another folder by --state`, {
      cause: error,
    });
  }
}

/** Keeps an identity where its owner alone can read it. The file that names it comes last: it is there whole or not. */
export async function writeMachine(directory: string, { keyPem, ca, ...identity }: NewMachine): Promise<void> {
  await prepareFolder(directory);
  await put(directory, files.key, keyPem);
  if (ca !== undefined) await put(directory, files.ca, ca);
  await put(directory, files.identity, `${JSON.stringify({ ...identity, hasOwnAuthority: ca !== undefined })}\n`);
}

/** The identity in a folder; undefined when no machine has joined there. @throws ConfigError for one that cannot be read */
export async function readMachine(directory: string): Promise<Machine | undefined> {
  const text = await identityIn(directory);
  if (text === undefined) return undefined;
  try {
    const identity = objectOf(JSON.parse(text));
    const [id, name, url] = ['id', 'name', 'url'].map((field) => textOf(identity[field]));
    if (id === undefined || name === undefined || url === undefined) throw new Error('a field lacks');
    const key = createPrivateKey(await readFile(path.join(directory, files.key)));
    return {
      id,
      name,
      url,
      key,
      caFile: identity['hasOwnAuthority'] === true ? path.join(directory, files.ca) : undefined,
    };
  } catch (error) {
    throw new ConfigError(`${directory} holds no whole identity of a machine; let it join again`, { cause: error });
  }
}

async function put(directory: string, name: string, text: string): Promise<void> {
  const file = path.join(directory, name);
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Undefined when it is not there. @throws ConfigError when it cannot be read, which is no reason to join again */
async function identityIn(directory: string): Promise<string | undefined> {
  const file = path.join(directory, files.identity);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (/^(ENOENT|ENOTDIR)$/.test(codeOf(error))) return undefined;
    throw new ConfigError(`${file} cannot be read (${messageOf(error)}); be the user who joined`, { cause: error });
  }
}
