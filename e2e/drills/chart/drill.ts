import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { helm, chart, render } from '../../chart/render.ts';
import { variants } from '../../chart/values.ts';
import type { Drill, Row } from '../drill.ts';
import { ensureSchemas, kubernetesVersions } from './kubernetes-schemas.ts';
import { ensureTools } from './tools.ts';
import { unscored, withoutCpuLimits } from './unscored.ts';

const lintMs = 120_000;
/** Kinds of others, whose schemas are not Kubernetes'. */
const othersKinds = 'ServiceMonitor,HTTPRoute,BackendTLSPolicy';

/** The chart by what others look at charts with. */
export const drill: Drill = {
  title: 'The chart by helm lint, kubeconform for every version of Kubernetes, and kube-score',
  expectedMinutes: 6,
  async run({ folder, progress }) {
    const tools = await ensureTools();
    const rows: Row[] = [];
    const rendered = new Map<string, string>();
    for (const [name, { values }] of Object.entries(variants)) {
      const file = join(folder, `${name}.yaml`);
      writeFileSync(file, await render(values));
      rendered.set(name, file);
    }
    const linted = await helm(['lint', '--strict', chart]);
    rows.push(row('helm lint --strict', linted.includes('0 chart(s) failed') ? 'nothing' : linted));
    for (const version of kubernetesVersions) {
      progress(`Kubernetes ${version}`);
      const location = `${await ensureSchemas(version)}/{{.ResourceKind}}{{.KindSuffix}}.json`;
      for (const [name, file] of rendered) {
        const said = saidBy(tools.kubeconform, '-strict', '-skip', othersKinds, '-schema-location', location, file);
        rows.push(row(`kubeconform: ${name} in ${version}`, said));
      }
    }
    progress('kube-score');
    const ignored = Object.keys(unscored).flatMap((test) => ['--ignore-test', test]);
    for (const [name, file] of rendered) {
      const said = saidBy(tools.kubeScore, 'score', '--output-format', 'ci', withoutCpuLimits, ...ignored, file);
      const found = said.split('\n').filter((line) => /^\[(?:CRITICAL|WARNING)\]/.test(line));
      rows.push(row(`kube-score: ${name}`, found.join('\n') || (said.startsWith('[') ? 'nothing' : said)));
    }
    return rows;
  },
};

/** What a linter has to say; `nothing` when it is content and silent. */
function saidBy(command: string, ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', timeout: lintMs });
  const said = `${stdout}${stderr}`.trim();
  return said === '' ? (status === 0 ? 'nothing' : `exit status ${String(status)}`) : said;
}

function row(step: string, found: string): Row {
  return { step, expected: 'nothing', found };
}
