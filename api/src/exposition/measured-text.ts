import { type Metric, metrics } from '@docksnap/contract';
import type { Newest } from './newest-samples.ts';
import { familyText, labelsText, rowText } from './prometheus-text.ts';
import type { VisibleNode } from './visible-node.ts';

/** What is measured, by the family that the kubelet and cAdvisor call it. */
interface Line {
  readonly labels: string;
  /** Of a node alone: its labels in families that are about nodes. */
  readonly nodeLabels?: string;
  readonly newest: Newest;
}

const start = { name: 'container_start_time_seconds', kind: 'gauge', help: 'When the container started.' } as const;

/** The families of the kubelet's /metrics/resource and /metrics/cadvisor, each sample with its own time. */
export function* measuredText(nodes: readonly VisibleNode[]): Generator<string> {
  const lines = nodes.flatMap(linesOf);
  const nodeLines = lines.flatMap(({ nodeLabels, newest }) =>
    nodeLabels === undefined ? [] : [{ labels: nodeLabels, newest }],
  );
  for (const metric of metrics as readonly Metric[]) {
    const { family, nodeFamily } = metric;
    yield* rowsOf(
      metric,
      family,
      nodeFamily === undefined ? lines : lines.filter(({ nodeLabels }) => nodeLabels === undefined),
    );
    if (nodeFamily !== undefined) yield* rowsOf(metric, nodeFamily, nodeLines);
  }
  const started = lines.filter(({ newest }) => newest.entity.startedAtMs > 0 && newest.entity.kind === 'container');
  if (started.length > 0) yield familyText(start);
  for (const { labels, newest } of started) yield rowText(start.name, labels, newest.entity.startedAtMs / 1000);
}

function* rowsOf({ id, kind, scale, name }: Metric, family: string, lines: readonly Line[]): Generator<string> {
  let isFirst = true;
  for (const { labels, newest } of lines) {
    const sample = newest.samples.get(id);
    if (sample === undefined) continue;
    if (isFirst) yield familyText({ name: family, kind, help: `As the node's kubelet said it; ${name} in DockSnap.` });
    isFirst = false;
    yield rowText(family, labels, sample.value / scale, sample.atMs);
  }
}

function linesOf({ name: node, ...visible }: VisibleNode): Line[] {
  const lines: Line[] = [];
  if (visible.node?.newest !== undefined)
    // cAdvisor's name for all that runs on a machine.
    lines.push({
      labels: labelsText({ id: '/', node }),
      nodeLabels: labelsText({ node }),
      newest: visible.node.newest,
    });
  for (const { description, newest } of visible.pods) {
    const { namespace, name: pod } = description;
    if (newest !== undefined) lines.push({ labels: labelsText({ namespace, node, pod }), newest });
  }
  for (const { description, newest } of visible.containers) {
    const { name: container, image, namespace, pod } = description;
    if (newest === undefined) continue;
    const labels = labelsText({ container, image, name: newest.entity.runtimeId, namespace, node, pod });
    lines.push({ labels, newest });
  }
  return lines;
}
