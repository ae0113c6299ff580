import type { MissingFact, NodeDescription } from '@docksnap/contract';
import { defined, integerOf, objectOf, objectsOf, textOf } from '../json.ts';

/** More interfaces than this are virtual ones. */
const interfaces = 64;

const positive = (value: unknown): number | undefined => {
  const found = integerOf(value);
  return found !== undefined && found > 0 ? found : undefined;
};

function macAddressesOf(devices: unknown): string[] | undefined {
  const addresses = objectsOf(devices)
    .map((device) => textOf(device['mac_address'], 64))
    .filter((address) => address !== undefined);
  return addresses.length === 0 ? undefined : [...new Set(addresses)].slice(0, interfaces);
}

/**
 * The machine, as cAdvisor tells of it in v1.3/machine and v2.0/attributes. What it does not tell is listed as missing
 * with the reason, never as zero.
 */
export function describeMachine(
  name: string,
  machinePage: unknown,
  attributesPage: unknown,
  missing: readonly MissingFact[],
): NodeDescription {
  const [machine, attributes] = [objectOf(machinePage), objectOf(attributesPage)];
  const found = {
    systemUuid: textOf(machine['system_uuid'], 128),
    machineId: textOf(machine['machine_id'], 128),
    bootId: textOf(machine['boot_id'], 128),
    cores: positive(machine['num_cores']),
    memoryBytes: positive(machine['memory_capacity']),
    macAddresses: macAddressesOf(machine['network_devices']),
    kernelVersion: textOf(attributes['kernel_version']),
    osImage: textOf(attributes['container_os_version']),
  };
  const unknown = Object.entries(found).filter(([, value]) => value === undefined);
  const reason = 'cAdvisor does not tell it: it may lack the right to read it';
  return {
    kind: 'node',
    name,
    ...defined(found),
    missing: [...unknown.map(([fact]) => ({ fact, reason })), ...missing],
  };
}
