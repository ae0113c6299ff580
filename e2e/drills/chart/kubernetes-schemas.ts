import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { cacheDir } from '../../cluster/paths.ts';
import { run } from '../../cluster/process.ts';
import { findGo } from '../../cluster/toolchain/go.ts';
import { strictSchemas } from './strict-schemas.ts';

/** Every version of Kubernetes that DockSnap works with. */
export const kubernetesVersions = ['1.33.13', '1.34.4', '1.35.4', '1.36.3', '1.37.2'] as const;

const fetchMs = 20 * 60_000;
const fetched = z.object({ Dir: z.string() });

/** A folder with JSON schemas of that version's kinds, made of its Go module on first use. */
export async function ensureSchemas(version: string): Promise<string> {
  const folder = join(cacheDir(), 'schemas', version);
  if (existsSync(folder)) return folder;
  const go = await findGo();
  const options = { env: { ...process.env, ...go.env }, timeoutMs: fetchMs };
  const said = await run(go.command, ['mod', 'download', '-json', `k8s.io/kubernetes@v${version}`], options);
  const openApi = join(fetched.parse(JSON.parse(said)).Dir, 'api/openapi-spec/swagger.json');
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  for (const [file, schema] of strictSchemas(JSON.parse(readFileSync(openApi, 'utf8'))))
    writeFileSync(join(partial, file), JSON.stringify(schema));
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
  return folder;
}
