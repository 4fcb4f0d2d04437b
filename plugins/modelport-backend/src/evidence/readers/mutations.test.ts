import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findEvidenceKind } from '@modelport/plugin-modelport-common';
import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { mutationsOf } from '@modelport/plugin-modelport-node/testUtils';
import { explanationReaders } from '../../explanations/readers';
import { monitoringReaders } from '../../monitoring/readers';
import { EvidenceReaders } from '../EvidenceReaders';
import { evidenceReaders } from '.';

/**
 * Damaged copies of each file: few here; `yarn workspace @modelport/plugin-modelport-backend test:mutations` makes many.
 */
const COUNT = Number(process.env.MODELPORT_MUTATIONS ?? 6);

const READERS = [
  ...evidenceReaders,
  ...explanationReaders,
  ...monitoringReaders,
];

const ROOT = resolve(__dirname, '../../..');
const FOLDERS = [
  'src/evidence/readers/__fixtures__',
  'src/explanations/__fixtures__',
  'src/explanations/__fixtures__/files',
  'src/explanations/__fixtures__/mlflow',
  'src/monitoring/__fixtures__',
  '../modelport-common/src/cards/__fixtures__',
  '../../examples/registry/car-loan-default/versions/3',
  '../../examples/registry/car-loan-default/versions/3/calibration',
].map(folder => join(ROOT, folder));

/** Names under which files lie among artefacts, where those of the fixtures are others. */
const PLACES = [
  (name: string) => name,
  (name: string) => name.replace(/^sagemaker_/, ''),
  (name: string) => `drift/${name}`,
  (name: string) => `monitoring/${name}`,
  (name: string) => `performance/${name}`,
  (name: string) => `model_explanations_shap/${name}`,
  (name: string) => `explanations/${name}`,
  (name: string) => `calibration/${name}`,
  () => 'analysis.json',
  () => 'MODEL_CARD.md',
  () => 'model_card.json',
  () => 'bom.cdx.json',
];

interface Sample {
  reader: EvidenceReader;
  path: string;
  bytes: Uint8Array;
  kind: string | null;
  beside: Record<string, Uint8Array>;
}

/** Files as their tools write them of which no fixture is one. */
const MADE: Array<[path: string, content: string]> = [
  [
    'explanations_shap/out.csv',
    'age_label0,income_label0\n0.1,-0.25\n-0.3,0.02\n',
  ],
  ...Object.entries({
    metrics: { measurements: [{ key: 'auc', value: 0.87, n: 1000 }] },
    fairness: {
      metric: 'recall',
      attribute: 'sex',
      groups: [{ group: 'f', n: 310, value: 0.4 }],
    },
    drift: { figures: [{ feature: 'age', statistic: 'psi', value: 0.1 }] },
    calibration: {
      evaluationSet: { id: 'june' },
      n: 3,
      bins: [{ lower: 0, upper: 1, n: 3, predicted: 0.4, observed: 0.5 }],
    },
  }).map(([kind, body]): [string, string] => [
    `modelport/${kind}.json`,
    JSON.stringify({ kind, schemaVersion: 1, body }),
  ]),
];

/** Every file with every reader that takes it, as an artefact or as a pushed part. */
function findSamples(): Sample[] {
  const samples = new Map<string, Sample>();
  const take = (
    from: string,
    name: string,
    bytes: Uint8Array,
    besideOf: (name: string) => Uint8Array | undefined,
  ) => {
    for (const reader of READERS) {
      const found = placeOf(reader, name, bytes);
      if (found) {
        const beside = Object.fromEntries(
          (reader.beside?.(found.path) ?? []).flatMap(path => {
            const other = besideOf(path.slice(path.lastIndexOf('/') + 1));
            return other ? [[path, other]] : [];
          }),
        );
        samples.set(`${reader.id} ${from} ${name}`, {
          reader,
          bytes,
          beside,
          ...found,
        });
      }
    }
  };
  for (const folder of FOLDERS) {
    const read = (name: string) =>
      new Uint8Array(readFileSync(join(folder, name)));
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isFile() && !entry.name.endsWith('.py')) {
        take(folder, entry.name, read(entry.name), name =>
          existsSync(join(folder, name)) ? read(name) : undefined,
        );
      }
    }
  }
  for (const [path, content] of MADE) {
    take('made', path, new TextEncoder().encode(content), () => undefined);
  }
  return [...samples.values()];
}

function placeOf(
  reader: EvidenceReader,
  name: string,
  bytes: Uint8Array,
): { path: string; kind: string | null } | undefined {
  const head = bytes.slice(0, 512);
  const known = { mediaType: 'application/octet-stream', size: bytes.length };
  const sameType = (path: string) =>
    path.split('.').pop() === name.split('.').pop();
  for (const kind of [null, reader.kind]) {
    for (const place of PLACES) {
      const path = place(name);
      if (
        (sameType(path) || dirname(path) !== '.') &&
        reader.matches({ kind, path, head, ...known })
      ) {
        return { path, kind };
      }
    }
  }
  return undefined;
}

describe('damaged files', () => {
  const readers = new EvidenceReaders();
  const samples = findSamples();
  let documents = 0;

  beforeAll(() => READERS.forEach(reader => readers.add(reader)));

  afterAll(() => readers.stop());

  it('are there for every reader', () => {
    const covered = new Set(samples.map(({ reader }) => reader.id));
    expect(READERS.filter(({ id }) => !covered.has(id)).map(r => r.id)).toEqual(
      [],
    );
  });

  it('end in evidence or in a clear error, within the limits', async () => {
    const wrong: string[] = [];
    for (const [seed, sample] of samples.entries()) {
      const { path, kind, beside } = sample;
      for (const bytes of mutationsOf(sample.bytes, { count: COUNT, seed })) {
        documents += 1;
        const read = await readers.read({
          bytes: Buffer.from(bytes),
          kind,
          path,
          mediaType: 'application/octet-stream',
          beside,
          inputs: null,
        });
        const said = read.refused === undefined ? read.message : read.refused;
        if (read.refused === undefined && read.body !== null) {
          const body: unknown = JSON.parse(read.body);
          const known = read.rows ? undefined : findEvidenceKind(read.kind);
          if (known && !known.body.safeParse(body).success) {
            wrong.push(`${path} by ${read.reader} breaks its schema`);
          }
        } else if (!said || said.length > 5_000) {
          wrong.push(`${path} fails without a clear word: ${said}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(documents).toBe(samples.length * COUNT);
    if (process.env.MODELPORT_MUTATIONS) {
      process.stdout.write(
        `${documents} damaged documents of ${samples.length} files by ${READERS.length} readers: each ended in evidence or in an error\n`,
      );
    }
  }, 3_600_000);
});
