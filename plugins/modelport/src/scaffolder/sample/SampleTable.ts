/** What is read of a file; every `Blob` has it. */
export interface SampleFile {
  size: number;
  slice(start?: number, end?: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** The first rows of a sample, column by column. */
export interface SampleTable {
  columns: Array<{ name: string; values: unknown[] }>;
  rows: number;
  /** Whether these are all rows of the file. */
  isWhole: boolean;
  /** Names of columns that hold lists or structures, which are not looked at. */
  nested: string[];
  /** What a person should know of how the file was read. */
  notes: string[];
}

/** Rows that are looked at. */
export const MOST_ROWS = 10_000;
/** Columns that are looked at; a table with more is none that anybody reviews column by column. */
export const MOST_COLUMNS = 500;
/** Longest name of a column that is shown. */
export const MOST_NAME = 200;
