import {
  ChangedMeasurement,
  Measurement,
  metricsBody,
  SaidFigure,
} from '@modelport/plugin-modelport-common';
import { EvidenceService } from '../evidence/EvidenceService';
import { PromotionRecord } from './PromotionRecord';

/** Documents of metrics that are looked at. */
const MOST_DOCUMENTS = 40;
const MOST_DIFFERENCES = 200;

type Said = Pick<ChangedMeasurement, 'key' | 'dataset' | 'slice'> & {
  figure: SaidFigure;
};

/** Says what documents of metrics say now beside what they said when the evidence of a promotion was frozen. */
export class ChangedMeasurements {
  constructor(
    private readonly options: {
      evidence: Pick<EvidenceService, 'documentsOf'>;
    },
  ) {}

  /** Measurements that differ from those at the request; null where the evidence has not changed. */
  async of(promotion: PromotionRecord): Promise<ChangedMeasurement[] | null> {
    const { requested, now, source, name, version } = promotion;
    if (!now) {
      return null;
    }
    const documents = await this.options.evidence.documentsOf(
      { source, name, version, visibility: undefined },
      { kind: 'metrics', limit: MOST_DOCUMENTS },
    );
    const read = new Map(
      documents.map(({ evidence: { digest }, body }) => [
        digest,
        saidBy(digest, body),
      ]),
    );
    const [was, is] = [requested, now].map(({ evidence }) => {
      const digests = new Set(
        evidence
          .filter(one => one.kind === 'metrics' && one.version === undefined)
          .map(({ digest }) => digest),
      );
      const said = new Map<string, Said>();
      // The newest come first, and of the same measurement the newest counts.
      for (const [digest, all] of read) {
        for (const one of digests.has(digest) ? all : []) {
          const key = keyOf(one);
          said.set(key, said.get(key) ?? one);
        }
      }
      return { said, isAll: [...digests].every(digest => read.has(digest)) };
    });
    return [...new Set([...is.said.keys(), ...was.said.keys()])]
      .flatMap(key => {
        const [before, after] = [was.said.get(key), is.said.get(key)];
        const one = after ?? before;
        // What could not be read may have said it.
        const isKnown = (before || was.isAll) && (after || is.isAll);
        return one && isKnown && before?.figure.value !== after?.figure.value
          ? {
              key: one.key,
              dataset: one.dataset,
              slice: one.slice,
              was: before?.figure ?? null,
              is: after?.figure ?? null,
            }
          : [];
      })
      .slice(0, MOST_DIFFERENCES);
  }
}

function saidBy(digest: string, body: unknown): Said[] {
  const { data } = metricsBody.safeParse(body);
  return (data?.measurements ?? []).map(
    ({ key, value, dataset, evaluationSet, slice }) => ({
      key,
      dataset:
        [evaluationSet?.id ?? dataset, evaluationSet?.hash]
          .filter(Boolean)
          .join(' ') || null,
      slice: slice ?? null,
      figure: { value: value as Measurement['value'], digest },
    }),
  );
}

function keyOf({ key, dataset, slice }: Said): string {
  return JSON.stringify([key, dataset, slice]);
}
