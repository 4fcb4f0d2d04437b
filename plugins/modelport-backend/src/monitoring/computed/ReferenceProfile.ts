import { ColumnCounts } from '@modelport/plugin-modelport-common';
import { MonitoredColumn } from './columnsOf';

/** A column of a reference: what windows of it are counted in. */
export interface ReferenceColumn extends MonitoredColumn {
  counts: ColumnCounts;
}

/** What is kept of a reference. */
export interface ReferenceProfile {
  columns: ReferenceColumn[];
  rows: number;
}
