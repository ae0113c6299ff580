import { Problem } from '../problem/problem.ts';

/** Bodies are taken as they are: what a small one would unfold to is not known before. Blocks are compressed inside. */
export function refusedEncoding(encoding: string | undefined): Problem | undefined {
  if (encoding === undefined || encoding.toLowerCase() === 'identity') return undefined;
  const message = `content-encoding ${encoding} is not taken here; send the body as it is`;
  return new Problem(415, 'unsupported_media_type', message);
}
