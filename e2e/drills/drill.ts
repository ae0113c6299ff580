/** One thing that a drill looked at. It holds when both texts are equal. */
export interface Row {
  readonly step: string;
  readonly expected: string;
  readonly found: string;
}

/** What a drill is given while it runs. */
export interface DrillRun {
  /** An empty folder that is removed afterwards. */
  readonly folder: string;
  /** Names of the parts that are wanted; none: all. */
  readonly only?: readonly string[];
  /** Tells who waits how far it is. */
  readonly progress: (line: string) => void;
}

/** A fault, or a change, provoked on purpose in a system that the drill starts and ends itself. */
export interface Drill {
  readonly title: string;
  /** On two cores with everything built. */
  readonly expectedMinutes: number;
  /** Names of parts that can be run by themselves. */
  readonly parts?: readonly string[];
  readonly run: (given: DrillRun) => Promise<readonly Row[]>;
}
