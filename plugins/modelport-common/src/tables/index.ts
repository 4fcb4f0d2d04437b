/**
 * Tables out of files that strangers wrote, in the browser as in the backend. Apart from the rest, so that only those
 * who read tables load what reads them.
 *
 * @packageDocumentation
 */

export * from './parseCsv';
export * from './readParquetRows';
