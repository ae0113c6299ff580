import type { MissingFact, NodeDescription } from '@docksnap/contract';
import type { FactName } from '../exposition/families.ts';
import type { Fact } from '../exposition/page.ts';
import { defined, textOf } from '../json.ts';

const bigPage = '/metrics/cadvisor';

/** Facts that no kubelet page tells, at any level of this agent's rights. */
const neverRead: readonly MissingFact[] = [
  { fact: 'macAddresses', reason: 'the kubelet does not tell them, and the agent pod has a network of its own' },
];

/**
 * The machine, as the kubelet's big page describes it by its machine_* and version rows. What it does not tell is
 * listed as missing with the reason, never as zero.
 */
export function describeNode(name: string, facts: ReadonlyMap<FactName, Fact>, readsBigPage: boolean): NodeDescription {
  const machine = facts.get('machine_cpu_cores');
  const versions = facts.get('cadvisor_version_info')?.labels;
  const label = (labels: ReadonlyMap<string, string> | undefined, key: string) => textOf(labels?.get(key), 128);
  const found = {
    systemUuid: label(machine?.labels, 'system_uuid'),
    machineId: label(machine?.labels, 'machine_id'),
    bootId: label(machine?.labels, 'boot_id'),
    cores: positive(machine?.value),
    memoryBytes: positive(facts.get('machine_memory_bytes')?.value),
    kernelVersion: label(versions, 'kernelVersion'),
    osImage: label(versions, 'osVersion'),
  };
  const reason = readsBigPage
    ? `the kubelet's ${bigPage} has no such row`
    : `only the kubelet's ${bigPage} tells it, and endpoint CAdvisor is not chosen`;
  const missing = Object.entries(found).filter(([, value]) => value === undefined);
  return {
    kind: 'node',
    name,
    ...defined(found),
    missing: [...missing.map(([fact]) => ({ fact, reason })), ...neverRead],
  };
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}
