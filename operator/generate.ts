import { readFileSync, writeFileSync } from 'node:fs';
import { monitorTypes } from './monitor-types.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
writeFileSync(
  new URL('src/generated/monitor.ts', import.meta.url),
  await monitorTypes(read('../crds/docksnapmonitors.yaml')),
);
