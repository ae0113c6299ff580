import type { NodeDetail } from '@docksnap/contract';
import { isMachine } from '../machines/machines.ts';

/** A level of privilege: what it shows, what it takes, and whether this node has it. */
export interface Level {
  readonly name: string;
  readonly shows: string;
  readonly needs: string;
  readonly isOn: boolean;
  /** How an admin turns it on; null for what is on already. */
  readonly patch: string | null;
}

/** A sample each second or so comes from cAdvisor alone: a kubelet refreshes each container every 10 to 15 s. */
const fastestKubeletMs = 5000;

const ladder = [
  {
    name: 'Kubelet',
    shows: 'CPU, working set, RSS, throttling, network and disk of each container, every few seconds',
    needs: 'get on nodes/metrics, nodes/stats, nodes/pods',
    spec: null,
  },
  {
    name: 'cAdvisor',
    shows: 'a sample of each container each second, in place of one each ten seconds',
    needs: 'a cAdvisor container beside each agent, with read-only host paths',
    spec: { source: { type: 'CAdvisor' } },
  },
] as const;

const ofMachines: Omit<Level, 'isOn'> = {
  name: 'cAdvisor, Docker',
  shows: 'a sample of each container each second; names, limits, restarts and how it ended from the Docker engine',
  needs: 'a cAdvisor on the machine, and the Docker engine’s socket',
  patch: null,
};

/** The levels, the lowest first. A node that nobody has heard of has none; a machine has one, and no monitor. */
export function levelsOf({ agent, cluster }: Pick<NodeDetail, 'agent' | 'cluster'>): readonly Level[] {
  if (isMachine({ cluster })) return [{ ...ofMachines, isOn: agent !== null }];
  const isFast = agent !== null && agent.intervalMs < fastestKubeletMs;
  return ladder.map(({ spec, ...level }) => {
    const isOn = agent !== null && (spec === null || isFast);
    if (isOn || spec === null) return { ...level, isOn, patch: null };
    const patch = JSON.stringify({ spec });
    return { ...level, isOn, patch: `kubectl -n docksnap patch docksnapmonitor docksnap --type merge -p '${patch}'` };
  });
}
