import { CadvisorClient } from '../cadvisor/client.ts';
import { SecondsSource } from '../cadvisor/seconds-source.ts';
import type { Config } from '../config.ts';
import { Engine } from '../docker/engine.ts';
import { EngineClient } from '../docker/engine-client.ts';
import type { RowDrops } from '../exposition/row-drops.ts';
import { Kubelet } from '../kubelet/kubelet.ts';
import { KubeletSource } from '../kubelet/kubelet-source.ts';
import type { KubeletTrust } from '../kubelet/trust.ts';
import { TrustFile } from '../kubelet/trust-file.ts';
import type { Log } from '../log.ts';
import { MachineSource } from '../machine/machine-source.ts';
import type { Problems } from '../problems.ts';
import type { ScrapeTimes } from '../tick/scrape-times.ts';
import { Scraper } from '../tick/scraper.ts';
import type { Source } from './source.ts';

/** Where a source says what it could not read, dropped, and how long it took. */
export interface SourceTools {
  readonly problems: Problems;
  readonly drops: RowDrops;
  readonly times: ScrapeTimes;
  readonly log: Log;
  readonly wallMs: () => number;
}

export interface ChosenSource {
  readonly source: Source;
  /** How the kubelet proved itself; undefined before it did, or where none is read. */
  readonly kubeletTrust: () => KubeletTrust | undefined;
  /** Which it reads; undefined where none is read. The source closes it. */
  readonly cadvisor: CadvisorClient | undefined;
}

/** The source that the configuration names. */
export function createSource(config: Config, tools: SourceTools): ChosenSource {
  if (config.source === 'Machine') return machineSource(config, tools);
  const chosen = kubeletSource(config, tools);
  if (config.source === 'Kubelet') return chosen;
  const client = new CadvisorClient(config.cadvisorUrl);
  return {
    ...chosen,
    cadvisor: client,
    source: new SecondsSource({ ...config, ...tools, kubelet: chosen.source, client }),
  };
}

function kubeletSource(config: Config, tools: SourceTools): ChosenSource {
  const trustFile = new TrustFile(config.spool.directory, tools.log);
  const kubelet = new Kubelet(
    { ...config.kubelet, nodeName: config.nodeName, timeoutMs: config.timeoutMs },
    trustFile,
    tools.log,
  );
  const scraper = new Scraper({ ...config, ...tools, kubelet });
  const source = new KubeletSource({ ...config, kubelet, trustFile, scraper, drops: tools.drops });
  return { source, kubeletTrust: () => kubelet.trust, cadvisor: undefined };
}

function machineSource(config: Config, tools: SourceTools): ChosenSource {
  const { dockerSocket, cadvisorUrl } = config;
  const client = new CadvisorClient(cadvisorUrl);
  const engine =
    dockerSocket === undefined
      ? undefined
      : new Engine({ ...tools, client: new EngineClient({ socketPath: dockerSocket }) });
  const source = new MachineSource({ ...config, ...tools, client, engine });
  return { source, kubeletTrust: () => undefined, cadvisor: client };
}
