import { Document, Scalar, ScalarTag } from 'yaml';
import { fromFigure } from '../models/figures';
import { CardBody, CardMetric } from './cardBody';
import { cleanText } from './cleanText';
import { plainDocument, quotedText, writtenFigure } from './exportParts';
import { notHeld } from './notHeld';
import { namedOwner, ownerText } from './ownerNames';
import { pipelineTag } from './pipelineTag';
import {
  CLAIMS_KEY,
  NO_DATASET,
  NO_TASK,
  ORIGINS_HEADING,
  OWN_KEY,
  readMarkdownCard,
} from './readMarkdownCard';
import { LIST_SECTIONS, SECTIONS } from './sections';
import { sectionText } from './sectionText';

/**
 * A card in a format of others, and the paths that the format could not hold.
 *
 * @public
 */
export interface WrittenCard {
  text: string;
  notHeld: string[];
}

/**
 * What a card is about, for what the card itself does not say.
 *
 * @public
 */
export interface CardSubject {
  name: string;
  version?: string;
  /** What the catalog calls owners, by their entity refs. */
  ownerNames?: ReadonlyMap<string, string>;
  /** What readers of an export should know of its metrics, such as that what is stated was measured otherwise. */
  remarks?: readonly string[];
}

/** A text that could be taken for markup: with escapes in its place. */
const MARKED_TEXT: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  identify: value =>
    typeof value === 'string' && quotedText(value) !== JSON.stringify(value),
  resolve: value => value,
  stringify: ({ value }) => quotedText(String(value)),
};

const ORIGINS = {
  written: 'stated by the writer of the card',
  measured: 'measured',
  both: 'stated by the writer of the card, and measured',
} as const;

/**
 * Writes a card as Markdown with Hugging Face's front matter. What the format has no place for is left out and named:
 * hyperparameters, inputs and outputs as such. Under `modelport` stand what does not apply, the task where Hugging Face has
 * another word or none for it, what was left out, and, as what documents claim, who is said to attest the card. Names
 * and values of the front matter stand as they are, texts below it without what could be harmful where they are shown.
 * Where it is known which metrics were measured, `args.origin` says so of each, and a table below of all: `source` would
 * need an address, and `verified` is what Hugging Face itself has measured.
 *
 * @public
 */
export function writeHuggingFaceCard(
  body: CardBody,
  fallback: CardSubject,
): WrittenCard {
  const lost = lostOf(body, writeText(body, fallback, []));
  return { text: writeText(body, fallback, lost), notHeld: lost };
}

function lostOf(body: CardBody, text: string): string[] {
  return notHeld(body, readMarkdownCard(text).body);
}

function writeText(
  body: CardBody,
  fallback: CardSubject,
  lost: string[],
): string {
  const name = body.name ?? fallback.name;
  const sections = [
    ...SECTIONS.map(({ path, heading }) => ({ heading, text: body[path] })),
    ...LIST_SECTIONS.map(({ path, heading }) => ({
      heading,
      text: body[path]
        ?.map(item =>
          path === 'owners'
            ? ownerText(namedOwner(item, fallback.ownerNames))
            : item,
        )
        .map(item => `- ${oneLine(item)}`)
        .join('\n'),
    })),
  ].flatMap(({ heading, text }) =>
    text === undefined
      ? []
      : [`## ${heading}\n\n${sectionText(cleanText(text).trim())}`],
  );
  return [
    frontMatter(body, name, lost),
    `# ${oneLine(name)}`,
    ...sections,
    originsTable(body.metrics ?? [], fallback.remarks ?? []),
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n');
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

function frontMatter(body: CardBody, name: string, lost: string[]): string {
  const tag = pipelineTag(body.task);
  const data = {
    license: body.licence,
    library_name: body.framework,
    pipeline_tag: tag,
    tags: body.tags,
    language: body.languages,
    base_model: body.baseModel,
    'model-index': body.metrics && [
      { name, results: resultsOf(body.metrics, tag) },
    ],
    [OWN_KEY]: present({
      task: body.task === tag ? undefined : body.task,
      [CLAIMS_KEY]: present({
        attestedBy: body.attestedBy,
        attestedAt: body.attestedAt,
        attestations: body.attestations,
      }),
      notApplicable: body.notApplicable,
      notHeld: lost.length > 0 ? lost : undefined,
    }),
  };
  const written = present(data);
  if (!written) {
    return '';
  }
  const document = new Document(plainDocument(written), {
    aliasDuplicateObjects: false,
    customTags: tags => [MARKED_TEXT, ...tags],
  });
  return `---\n${document.toString({ lineWidth: 0 })}---`;
}

/** Each metric with whether a person states it or it was measured, and remarks; nothing where that is not known. */
function originsTable(
  metrics: CardMetric[],
  remarks: readonly string[],
): string {
  const rows = metrics.flatMap(metric =>
    metric.origin
      ? [
          [
            metric.key,
            writtenFigure(metric.value, metric.decimals),
            metric.dataset ?? '',
            metric.slice ?? '',
            metric.n?.toString() ?? '',
            ORIGINS[metric.origin],
          ],
        ]
      : [],
  );
  const notes = remarks.map(remark => `- ${oneLine(remark)}`).join('\n');
  if (rows.length === 0) {
    return notes && `## ${ORIGINS_HEADING}\n\n${notes}`;
  }
  const row = (cells: string[]) =>
    `| ${cells
      .map(cell => oneLine(cell).replace(/[\\|]/g, '\\$&'))
      .join(' | ')} |`;
  return [
    `## ${ORIGINS_HEADING}\n`,
    row([
      'Metric',
      'Value',
      'Measured on',
      'Slice',
      'Rows',
      'Where it comes from',
    ]),
    row(['---', '---', '---', '---', '---', '---']),
    ...rows.map(row),
    ...(notes ? ['', notes] : []),
  ].join('\n');
}

function present<T extends object>(data: T): T | undefined {
  return Object.values(data).some(value => value !== undefined)
    ? data
    : undefined;
}

function resultsOf(metrics: CardMetric[], task: string | undefined): unknown[] {
  const groups = new Map<string, CardMetric[]>();
  for (const metric of metrics) {
    const dataset = metric.dataset ?? NO_DATASET;
    groups.set(dataset, [...(groups.get(dataset) ?? []), metric]);
  }
  return [...groups].map(([dataset, group]) => ({
    // Both are required there.
    task: { type: task ?? NO_TASK },
    dataset: { type: dataset, name: dataset },
    metrics: group.map(metric => ({
      type: metric.key,
      value: figureNode(metric),
      args: present({
        slice: metric.slice ?? undefined,
        n: metric.n ?? undefined,
        lower: metric.lower ?? undefined,
        upper: metric.upper ?? undefined,
        origin: metric.origin ?? undefined,
      }),
    })),
  }));
}

/** A number with as many decimals as its writer gave it. */
function figureNode(metric: CardMetric): Scalar {
  const node = new Scalar(fromFigure(metric.value));
  if (Number.isFinite(node.value) && metric.decimals) {
    node.minFractionDigits = metric.decimals;
  }
  return node;
}
