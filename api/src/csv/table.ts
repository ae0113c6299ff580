export type Cell = string | number | boolean | null | undefined;

/** An answer as rows and columns. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}
