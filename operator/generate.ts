import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { monitorTypes } from './monitor-types.ts';
import { monitorReference } from './reference.ts';

const crd = readFileSync(new URL('../crds/docksnapmonitors.yaml', import.meta.url), 'utf8');
const write = (path: string, text: string): void => {
  writeFileSync(new URL(path, import.meta.url), text);
};

write('src/generated/monitor.ts', await monitorTypes(crd));
mkdirSync(new URL('../docs/reference', import.meta.url), { recursive: true });
write('../docs/reference/docksnapmonitor.md', monitorReference(crd));
