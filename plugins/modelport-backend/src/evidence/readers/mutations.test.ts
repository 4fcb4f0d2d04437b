import { readdirSync, readFileSync } from 'node:fs';
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

/** Every file with every reader that takes it, as an artefact or as a pushed part. */
function findSamples(): Sample[] {
  const samples = new Map<string, Sample>();
  for (const folder of FOLDERS) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isFile() && !entry.name.endsWith('.py')) {
        const bytes = new Uint8Array(readFileSync(join(folder, entry.name)));
        for (const reader of READERS) {
          const found = placeOf(reader, entry.name, bytes);
          if (found) {
            const beside = Object.fromEntries(
              (reader.beside?.(found.path) ?? []).flatMap(path => {
                try {
                  const name = path.slice(path.lastIndexOf('/') + 1);
                  return [
                    [path, new Uint8Array(readFileSync(join(folder, name)))],
                  ];
                } catch {
                  return [];
                }
              }),
            );
            samples.set(`${reader.id} ${folder} ${entry.name}`, {
              reader,
              bytes,
              beside,
              ...found,
            });
          }
        }
      }
    }
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
