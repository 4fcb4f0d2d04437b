import { evaluationRowsBody } from '@modelport/plugin-modelport-common';
import {
  EvidenceReader,
  EvidenceReading,
  FileParts,
  FileToRead,
} from '@modelport/plugin-modelport-node';
import { partsOf } from '../openParts';
import { readParquetRows } from './readParquetRows';

/** `evaluation-rows.parquet`, or with the set in its name: `evaluation-rows.<set>.parquet`. */
const FILE = /(^|\/)evaluation[-_]rows(?:\.([^/]+))?\.parquet$/i;

/** Key in the file's footer that names the set. */
const SET = 'evaluation_set';

const LIMITS = { rows: 2_000_000, unpackedBytes: 256 * 1024 * 1024 };

/** Columns by what they hold; the first that is there counts. */
const COLUMNS = {
  id: ['id', 'row_id'],
  subject: ['subject', 'subject_id'],
  label: ['label', 'y_true', 'target'],
  score: ['score', 'y_pred_proba', 'y_pred', 'prediction'],
  weight: ['weight', 'sample_weight'],
  group: ['group'],
};
/** Scores of several classes, and groups by attribute, stand in a column each. */
const SCORE = /^score_(.+)$/;
const GROUP = /^group_(.+)$/;

/** Reads the rows of an evaluation from Parquet. */
export const evaluationRowsReader: EvidenceReader = {
  id: 'evaluation-rows-parquet',
  version: '1',
  kind: 'evaluation-rows',
  module: { path: __filename, name: 'evaluationRowsReader' },
  matches: ({ kind, path, head }) =>
    (kind === null && path !== null && FILE.test(path)) ||
    (kind === 'evaluation-rows' &&
      Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1'),
  read: (bytes, about) => readRows(partsOf(bytes), about),
  readParts: (file, about) => readRows(file, about),
};

/** Reads the columns that count. */
async function readRows(
  file: FileParts,
  { path }: FileToRead,
): Promise<EvidenceReading> {
  let named: Named | undefined;
  const { rows, notes } = await readParquetRows(file, {
    choose: columns => {
      named = nameColumns(columns);
      return Object.values(named).flatMap(column => column ?? []);
    },
    limits: LIMITS,
  });
  const id = notes.get(SET) || FILE.exec(path ?? '')?.[2];
  if (!id) {
    throw new Error(
      `It does not say which evaluation set its rows are of: name the file evaluation-rows.<set>.parquet, or write "${SET}" into its footer`,
    );
  }
  if (!named) {
    throw new Error('It has no columns');
  }
  const toRow = rowMaker(named);
  return {
    schemaVersion: 1,
    producer: null,
    producedAt: null,
    body: evaluationRowsBody.parse({
      evaluationSet: { id },
      rows: rows.map(toRow),
    }),
  };
}

/** Which columns hold what. */
interface Named {
  id: string;
  label: string;
  score: string | undefined;
  scores: string[];
  subject: string | undefined;
  weight: string | undefined;
  group: string | undefined;
  groups: string[];
}

function nameColumns(columns: string[]): Named {
  const find = (names: string[]) => names.find(name => columns.includes(name));
  const scores = columns.filter(name => SCORE.test(name));
  const score = find(COLUMNS.score);
  if (!score && scores.length === 0) {
    need(undefined, COLUMNS.score);
  }
  return {
    id: need(find(COLUMNS.id), COLUMNS.id),
    label: need(find(COLUMNS.label), COLUMNS.label),
    score,
    scores: score ? [] : scores,
    subject: find(COLUMNS.subject),
    weight: find(COLUMNS.weight),
    group: find(COLUMNS.group),
    groups: columns.filter(name => GROUP.test(name)),
  };
}

function rowMaker(named: Named) {
  return (row: Record<string, unknown>) => ({
    id: textOf(row[named.id]) ?? '',
    label: plain(row[named.label]),
    score: named.score
      ? plain(row[named.score])
      : named.scores.map(name => plain(row[name])),
    subject: named.subject ? textOf(row[named.subject]) : null,
    weight: named.weight ? plain(row[named.weight]) : null,
    group:
      named.groups.length > 0
        ? Object.fromEntries(
            named.groups.map(name => [name.slice(6), textOf(row[name])]),
          )
        : textOf(named.group && row[named.group]),
  });
}

function need(name: string | undefined, names: string[]): string {
  if (name === undefined) {
    throw new Error(`It has no column ${names.join(' or ')}`);
  }
  return name;
}

/** Whole numbers of 64 bits come as BigInt, which JSON has none of. */
function plain(value: unknown): unknown {
  return typeof value === 'bigint' || typeof value === 'boolean'
    ? Number(value)
    : value ?? null;
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
