/**
 * Every bound that both sides of the wire rely on. Each is checked before memory is allocated for what it bounds,
 * and tested at its edge.
 */
export const limits = {
  /** Body of one push, as received (compressed blocks, descriptions and report together). */
  pushBytes: 4 * 1024 * 1024,
  /** One encoded block, as received. */
  blockBytes: 1024 * 1024,
  /** One block after decompression. */
  blockRawBytes: 16 * 1024 * 1024,
  /** Blocks in one push. */
  blocksPerPush: 512,
  /** Memory that the blocks of one push take when decoded (codec: decodedBytes); who exceeds it sends fewer at once. */
  pushDecodedBytes: 128 * 1024 * 1024,
  /** One encoded roster, as received; and after decompression. */
  rosterBytes: 1024 * 1024,
  rosterRawBytes: 8 * 1024 * 1024,
  /** Rosters in one push. */
  rostersPerPush: 64,
  /** Ticks in one block: 10 minutes of one-second samples. */
  ticksPerBlock: 600,
  /** From a block's first tick to its last: readers look one window back for blocks that reach into theirs. */
  blockSpanMs: 600_000,
  /** Entities (node, pods, containers) in one block: the largest supported node has 1,000 containers. */
  entitiesPerBlock: 4096,
  /** Groups of series in one block. */
  groupsPerBlock: 16_384,
  /** Series in one block, of all groups together: 1,000 containers and their pods have 28,000. */
  seriesPerBlock: 40_000,
  /** Values in one block: ticks x (series + groups, for their ages), present or absent. */
  valuesPerBlock: 4_000_000,
  /** The configured distance between two scrapes. */
  intervalMinMs: 100,
  intervalMaxMs: 3_600_000,
  /** Ids of metrics go from 1 to this. */
  metricIdMax: 65_535,
  /** Bytes of an entity key, a runtime id or an epoch, as UTF-8. */
  keyBytes: 512,
  /** JSON bytes of one description. */
  descriptionBytes: 64 * 1024,
  /** What one agent may push to a replica: bytes in a second, bytes at once, and as how many the smallest push counts. */
  pushBytesPerSecond: 1024 * 1024,
  pushBytesAtOnce: 8 * 1024 * 1024,
  pushLeastBytes: 32 * 1024,
  /** Containers of one node that are new within an hour: 500 job pods of three minutes have as many. */
  newContainersPerHour: 10_000,
  /** Descriptions in one push. */
  descriptionsPerPush: 4096,
  /** Points in one series answer. */
  pointsPerSeries: 5000,
  /** The longest step, and the longest time between two periods that are compared, in seconds. */
  stepSeconds: 86_400,
  beforeSeconds: 2 * 366 * 86_400,
  /** Groups by themselves in one answer, and buckets of a heat map. */
  groupsPerAnswer: 100,
  bucketsPerHeatMap: 100,
  /** Work of one query: samples that it decodes, and points (series x steps) that it holds in memory. */
  samplesPerQuery: 100_000_000,
  pointsPerQuery: 6_000_000,
  /** Samples in one answer of raw samples, over all its series. */
  samplesPerAnswer: 100_000,
  /** Rows on one page of a list. */
  pageRows: 1000,
  /** Read tokens that one person has at once, how long one is good at most, and the namespaces that one may name. */
  readTokensPerPerson: 50,
  readTokenDays: 366,
  namespacesPerReadToken: 100,
  /** How long a token lets a machine join, and how many are good at once. */
  joinTokenMinutes: 60,
  joinTokens: 100,
  /** Processes in a node's list of one minute, its bytes as JSON, and characters of a user, a command and a shorter word in it. */
  processesPerList: 2000,
  processListBytes: 1024 * 1024,
  processUserLength: 64,
  processCommandLength: 256,
  processWordLength: 16,
  /** Nodes that one request of the operator asks to have removed. */
  nodesPerPurge: 1000,
  /** Samples further apart than this many intervals make a gap... */
  gapIntervals: 3,
  /** ...and never less than this. */
  gapFloorMs: 45_000,
} as const;

/** The distance between two samples above which nothing is known about the time between them, in ms. */
export function gapMs(intervalMs: number): number {
  return Math.max(limits.gapIntervals * intervalMs, limits.gapFloorMs);
}
