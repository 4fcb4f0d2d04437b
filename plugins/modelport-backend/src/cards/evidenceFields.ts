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

/**
 * What evidence of a version says in the words of its card; of several documents about the same, the newest.
 *
 * @param inputs - names of the version's inputs, as its signature has them; none where that is not known.
 */
export function evidenceFields(
  documents: CardDocument[],
  inputs: string[],
): Map<CardPath, CardField> {
  const fields = new Map<CardPath, CardField>();
  const put = (path: CardPath, value: string, from: CardDocument) =>
    fields.set(path, {
      value,
      provenance: {
        from: 'derived',
        evidence: from.digest,
        kind: from.kind,
        by: null,
        at: from.saidAt,
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

  const reports = newest('drift').flatMap(document => {
    const read = driftBody.safeParse(document.body);
    return read.success ? [{ document, until: endOf(read.data), read }] : [];
  });
  // A report that is read late may be about an early window.
  const [watched] = reports.sort(
    (a, b) =>
      Date.parse(b.until ?? b.document.at) -
      Date.parse(a.until ?? a.document.at),
  );
  if (watched) {
    put(
      'monitoring',
      watchedText(watched.read.data, inputs, {
        reports: reports.length,
        until: watched.until,
      }),
      watched.document,
    );
  }
  return fields;
}

/** The end of the newest window that a report is about; undefined where it says none. */
function endOf(body: z.infer<typeof driftBody>): string | undefined {
  return [body.window, ...body.figures.map(({ window }) => window)]
    .flatMap(window => window?.end ?? [])
    .sort((a, b) => Date.parse(b) - Date.parse(a))
    .at(0);
}

/** What is watched: of the model's inputs those that are, and what else, such as its scores. */
function watchedText(
  body: z.infer<typeof driftBody>,
  inputs: string[],
  of: { reports: number; until: string | undefined },
): string {
  const columns = [
    ...new Set(body.figures.flatMap(({ feature }) => feature ?? [])),
  ];
  const others = columns.filter(column => !inputs.includes(column));
  const what =
    inputs.length === 0
      ? counted(columns.length, 'column')
      : [
          `${columns.length - others.length} of ${counted(
            inputs.length,
            'input',
          )}`,
          ...(others.length > 0 ? [named(others)] : []),
        ].join(' and ');
  const statistics = named([
    ...new Set(body.figures.map(({ statistic }) => statistic)),
  ]);
  return [
    `Watched for drift: ${what}${statistics && ` by ${statistics}`}`,
    counted(of.reports, 'report'),
    ...(of.until ? [`data up to ${of.until.slice(0, 10)}`] : []),
  ].join('; ');
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
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
