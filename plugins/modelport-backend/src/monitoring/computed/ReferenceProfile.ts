import { ColumnCounts } from '@modelport/plugin-modelport-common';
import { MonitoredColumn } from './columnsOf';
import { Correlations } from './correlations';

/** A column of a reference: what windows of it are counted in. */
export interface ReferenceColumn extends MonitoredColumn {
  counts: ColumnCounts;
}

/** What is kept of a reference. */
export interface ReferenceProfile {
  columns: ReferenceColumn[];
  rows: number;
  /** Of the columns that are compared with each other. */
  correlations?: Correlations | null;
  /** A digest of the data, and of what is asked of them; none where nobody knows whether the data are the same. */
  madeOf?: string | null;
}
