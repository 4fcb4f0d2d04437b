import {
  CardField,
  CardPath,
  driftBody,
  explanationSummary,
  fairnessBody,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { CardDocument } from './CardDocuments';

/** Groups and features that are named. */
const MOST_NAMED = 10;
/** Documents of fairness that are told of: one for each metric and attribute. */
const MOST_FAIRNESS = 20;

/** What evidence of a version says in the words of its card; of several documents about the same, the newest. */
export function evidenceFields(
  documents: CardDocument[],
): Map<CardPath, CardField> {
  const fields = new Map<CardPath, CardField>();
  const put = (path: CardPath, value: string, from: CardDocument) =>
    fields.set(path, {
      value,
      provenance: {
        from: 'derived',
        evidence: from.digest,
        by: null,
        at: from.at,
      },
    });
  const newest = (kind: string) =>
    documents
      .filter(document => document.kind === kind)
      .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));

  const compared = new Map<string, string>();
  const [latest] = newest('fairness');
  for (const { body } of newest('fairness')) {
    const read = fairnessBody.safeParse(body);
    if (read.success && compared.size < MOST_FAIRNESS) {
      const { metric, attribute } = read.data;
      const key = JSON.stringify([metric, attribute]);
      compared.set(key, compared.get(key) ?? fairnessText(read.data));
    }
  }
  if (compared.size > 0) {
    put('fairness', [...compared.values()].join('\n'), latest);
  }

  for (const document of newest('explanation').reverse()) {
    const [output] =
      explanationSummary.safeParse(document.body).data?.outputs ?? [];
    if (output && output.features.length > 0) {
      put('explanation', driversText(output.features), document);
    }
  }

  const [drift] = newest('drift');
  const watched = driftBody.safeParse(drift?.body);
  if (watched.success) {
    const features = new Set(
      watched.data.figures.flatMap(({ feature }) => feature ?? []),
    );
    const statistics = new Set(
      watched.data.figures.map(({ statistic }) => statistic),
    );
    put(
      'monitoring',
      `Watched for drift: ${features.size} features by ${named([
        ...statistics,
      ])}; ${newest('drift').length} reports, the newest of ${drift.at.slice(
        0,
        10,
      )}`,
      drift,
    );
  }
  return fields;
}

function fairnessText(body: z.infer<typeof fairnessBody>): string {
  const groups = body.groups.map(
    ({ group, value, n }) => `${group} ${rounded(value)} (${n} rows)`,
  );
  return `- ${body.metric} by ${body.attribute}: ${named(groups)}`;
}

function driversText(
  features: Array<{ name: string; meanAbs: number }>,
): string {
  const drivers = [...features]
    .sort((a, b) => b.meanAbs - a.meanAbs)
    .map(({ name, meanAbs }) => `${name} (${rounded(meanAbs)})`);
  return `The features that move its scores most, by mean absolute contribution: ${named(
    drivers,
  )}`;
}

function named(names: string[]): string {
  const more = names.length - MOST_NAMED;
  return [
    ...names.slice(0, MOST_NAMED),
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join(', ');
}

function rounded(value: number | string): string {
  return typeof value === 'number'
    ? String(Number(value.toPrecision(4)))
    : value;
}
