import type { Agent, IncomingMessage, RequestOptions } from 'node:http';
import { request } from 'node:http';
import { JsonTooLargeError, parseBoundedJson } from '../bounded-json.ts';
import type { ProblemReason } from '../problems.ts';
import { ReadError, readError } from './read-error.ts';

/** Where JSON is read from by GET, and what it is called when that fails. */
export interface JsonPlace {
  /** host and port, or socketPath. */
  readonly to: Pick<RequestOptions, 'hostname' | 'port' | 'socketPath'>;
  readonly agent: Agent;
  /** For messages: `cAdvisor at 127.0.0.1:8080`. */
  readonly name: string;
  readonly unreachable: ProblemReason;
  readonly invalid: ProblemReason;
}

/** What one answer may take before it is parsed. */
export const jsonBytes = 4 * 1024 * 1024;

/**
 * The answer to a GET, parsed and bounded in bytes, values and, by the signal, in time.
 *
 * @throws ReadError that names the step at which it failed.
 */
export async function getJson(place: JsonPlace, path: string, signal: AbortSignal): Promise<unknown> {
  const what = `${path} of ${place.name}`;
  try {
    const response = await get(place, path, signal);
    if (response.statusCode !== 200) {
      response.resume();
      const status = response.statusCode ?? 0;
      throw new ReadError(place.invalid, `${place.name} answered ${path} with status ${status}`, { status });
    }
    return parseBoundedJson(await body(response, jsonBytes));
  } catch (error) {
    if (error instanceof ReadError) throw error;
    if (error instanceof SyntaxError || error instanceof JsonTooLargeError || error instanceof RangeError) {
      throw new ReadError(place.invalid, `${what} is no JSON that makes sense: ${error.message}`, { cause: error });
    }
    throw readError(place.unreachable, what, signal.aborted ? signal.reason : error);
  }
}

export function get(place: JsonPlace, path: string, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request({ ...place.to, agent: place.agent, method: 'GET', path, signal }, resolve)
      .once('error', reject)
      .end();
  });
}

/** @throws RangeError when it has more than `most` bytes. */
async function body(response: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    received += chunk.length;
    if (received > most) throw new RangeError(`it is larger than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
