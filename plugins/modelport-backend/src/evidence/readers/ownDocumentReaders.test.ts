import { readEvidence } from '@modelport/plugin-modelport-node/testUtils';
import { evidenceReaders } from '.';
import { ownDriftReader } from './ownDocumentReaders';

const text = (content: unknown) =>
  new TextEncoder().encode(JSON.stringify(content));
const DOCUMENT = {
  kind: 'drift',
  schemaVersion: 1,
  producer: { name: 'credit-risk', version: '0.1.0' },
  producedAt: '2026-11-21T10:00:00+00:00',
  body: {
    figures: [
      {
        feature: 'income',
        statistic: 'psi',
        value: 0.3,
        threshold: 0.2,
        breach: true,
        window: {
          start: '2026-10-01T00:00:00Z',
          end: '2026-11-01T00:00:00Z',
        },
      },
    ],
  },
};

describe('documents that a run left among its artefacts', () => {
  it('are read as if they had been pushed', async () => {
    const path = 'modelport/drift.json';
    expect(
      await readEvidence(ownDriftReader, { path, bytes: text(DOCUMENT) }),
    ).toMatchObject({
      body: DOCUMENT.body,
      producer: DOCUMENT.producer,
      producedAt: DOCUMENT.producedAt,
    });
  });

  it.each([
    [{ ...DOCUMENT, kind: 'metrics' }, 'no document of drift'],
    [{ ...DOCUMENT, schemaVersion: 9 }, 'Version 9 of drift is not known'],
    [[], 'no document of drift'],
    [{ ...DOCUMENT, body: { figures: 'many' } }, 'figures'],
  ])('say what is wrong with them', async (content, words) => {
    const path = 'modelport/drift-2.json';
    await expect(
      readEvidence(ownDriftReader, { path, bytes: text(content) }),
    ).rejects.toThrow(words);
  });

  it.each([
    ['modelport/calibration.json', 'own-calibration'],
    ['run/modelport/fairness-12.json', 'own-fairness'],
    ['modelport/metrics.json', 'own-metrics'],
    ['calibration/test.json', 'calibration-json'],
    ['modelport/other.json', undefined],
    ['notmodelport/drift.json', undefined],
  ])('are known by where they lie: %s', (path, id) => {
    const file = { kind: null, path, size: 1, head: new Uint8Array() };
    const reader = evidenceReaders.find(each =>
      each.matches({ ...file, mediaType: 'application/json' }),
    );
    expect(reader?.id).toBe(id);
  });
});
