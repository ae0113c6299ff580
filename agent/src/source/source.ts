import type { Block, Description } from '@docksnap/contract';

/** What one read of a source brought: a block that does not yet say which ticks of which epoch it is. */
export interface Gathered {
  /**
   * Of one tick, or of one for each second where the source itself samples each second. Every entity that is there
   * now is listed, with samples or without.
   */
  readonly block: Pick<Block, 'intervalMs' | 'tickTimes' | 'entities' | 'groups'>;
  /** Every description that the block names, by hash. */
  readonly descriptions: ReadonlyMap<string, Description>;
}

/**
 * Where samples come from: the kubelet, a cAdvisor, and whatever comes to be one later (cgroup files). A source reads,
 * finds out whose each sample is, and leaves out what it gave before. What it cannot read it sets as a problem; what
 * makes no sense it drops and counts.
 */
export interface Source {
  /** Before the first read: takes up what an earlier run left. */
  open(): Promise<void>;
  /**
   * What is new, for a tick that began at tickMs (unix ms, whole), the last of those it makes; undefined when nothing
   * could be read: then no sequence number is used. Bounded in time.
   */
  gather(tickMs: number): Promise<Gathered | undefined>;
  close(): void;
}
