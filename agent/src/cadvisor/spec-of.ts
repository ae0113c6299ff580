import type { JsonObject } from '../json.ts';
import { defined, integerOf, objectOf, textOf, timeOf } from '../json.ts';

/** What cAdvisor tells of a cgroup besides its samples (info/v2: ContainerSpec). */
export interface CgroupSpec {
  /** Its path: `/docker/<id>`, `/system.slice/cron.service`. */
  readonly path: string;
  /** Who made it: `docker`, `containerd`, `crio`; undefined for a cgroup that no engine made. */
  readonly engine: string | undefined;
  /** Names and ids by which the engine knows it, most telling first. */
  readonly aliases: readonly string[];
  readonly image: string | undefined;
  readonly labels: JsonObject;
  /** When the cgroup was made, unix ms: when its counters began. */
  readonly createdAtMs: number | undefined;
  readonly limits: { readonly cpuCores?: number; readonly memoryBytes?: number };
}

/** A limit above this is none: the kernel writes none as the largest number of pages. */
const noMemoryLimit = 2 ** 53;

function limitsOf(spec: JsonObject, machineBytes: number): CgroupSpec['limits'] {
  const { quota, period } = objectOf(spec['cpu']);
  const memory = integerOf(objectOf(spec['memory'])['limit']);
  const [quotaMicros, periodMicros] = [integerOf(quota), integerOf(period)];
  const hasQuota = quotaMicros !== undefined && quotaMicros > 0 && periodMicros !== undefined && periodMicros > 0;
  const hasLimit = memory !== undefined && memory > 0 && memory < Math.min(noMemoryLimit, machineBytes);
  return defined({
    cpuCores: hasQuota ? quotaMicros / periodMicros : undefined,
    memoryBytes: hasLimit ? memory : undefined,
  });
}

/** The page of v2.0/spec, by path. `machineBytes`: a limit of all the machine's memory is none. */
export function specsOf(page: unknown, machineBytes: number): readonly CgroupSpec[] {
  return Object.entries(objectOf(page)).flatMap(([path, value]) => {
    if (!path.startsWith('/')) return [];
    const spec = objectOf(value);
    const aliases = Array.isArray(spec['aliases']) ? spec['aliases'] : [];
    return [
      {
        path,
        engine: textOf(spec['namespace'], 64),
        aliases: aliases.map((alias) => textOf(alias)).filter((alias) => alias !== undefined),
        image: textOf(spec['image']),
        labels: objectOf(spec['labels']),
        createdAtMs: timeOf(spec['creation_time']),
        limits: limitsOf(spec, machineBytes),
      },
    ];
  });
}
