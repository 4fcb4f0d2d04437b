import { InputError } from '@backstage/errors';
import { CardPath, ReadCard } from './cardBody';
import { CardDraft } from './CardDraft';
import { isPlaceholder, withoutComments } from './isPlaceholder';
import { items, part, partAt, textPart } from './jsonParts';
import { ownerOfText } from './ownerNames';
import { parseSafeYaml } from './parseSafeYaml';
import { proseMetrics } from './proseMetrics';
import { pathOfHeading } from './sections';

const HEADING = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;
const MAX_TITLE = 200;
/** Around code; behind the mark that ends it stands nothing. */
const FENCE = /^ {0,3}(?:(`{3,})(?!.*`)|(~{3,}))(.*)$/;

/** Labels of Hugging Face's template within "Model Description" and "Model Sources". */
const LABELS: ReadonlyArray<[RegExp, CardPath]> = [
  [/^developed by$/, 'owners'],
  [/^model type$/, 'architecture'],
  [/^languages?(\(s\))?( \(nlp\))?$/, 'languages'],
  [/^licen[sc]e$/, 'licence'],
  [/^fine-?tuned from model$/, 'baseModel'],
  [/^(repository|paper|demo)$/, 'references'],
];

/** Front matter keys that hold what Hugging Face has no place for. */
export const OWN_KEY = 'modelport';

/** Among those, who the documents behind an exported card said vouches for it; nobody said so in the portal by that. */
export const CLAIMS_KEY = 'claimedByDocuments';

/** A dataset's name where a card names none: Hugging Face requires one. */
export const NO_DATASET = 'unknown';

/** Likewise a task. */
export const NO_TASK = 'other';

/** Heading over what an export says again of its metrics, for people. */
export const ORIGINS_HEADING = 'Metrics and where they come from';

/**
 * Reads a Markdown card: `README.md` or `MODEL_CARD.md` with or without Hugging Face's front matter (`model-index`
 * included). Headings open fields; figures stated in sentences count where there is no `model-index`.
 *
 * @public
 */
export function readMarkdownCard(text: string): ReadCard {
  const draft = new CardDraft();
  const { frontMatter, content } = splitFrontMatter(
    text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'),
  );
  if (frontMatter !== undefined) {
    try {
      takeFrontMatter(draft, parseSafeYaml(frontMatter));
    } catch (error) {
      if (!(error instanceof InputError)) {
        throw error;
      }
      draft.problems.push(`${error.message}; the text below it was read`);
    }
  }
  takeSections(draft, withoutComments(content));
  if (!draft.has('metrics')) {
    proseMetrics(content).forEach(metric => draft.metric(metric));
  }
  return draft.finish();
}

function splitFrontMatter(text: string): {
  frontMatter?: string;
  content: string;
} {
  if (!text.startsWith('---\n')) {
    return { content: text };
  }
  const end = /\n(---|\.\.\.)[ \t]*(\n|$)/.exec(text.slice(3));
  return end
    ? {
        frontMatter: text.slice(4, 3 + end.index + 1),
        content: text.slice(3 + end.index + end[0].length),
      }
    : { content: text };
}

function takeFrontMatter(draft: CardDraft, data: unknown): void {
  const own = part(data, OWN_KEY);
  draft.line(
    'licence',
    part(data, 'license') === 'other'
      ? part(data, 'license_name') ?? 'other'
      : part(data, 'license'),
  );
  draft.line('framework', part(data, 'library_name'));
  draft.line('task', part(own, 'task'));
  draft.line('task', part(data, 'pipeline_tag'));
  draft.lines('tags', part(data, 'tags'));
  draft.lines('languages', part(data, 'language'));
  draft.lines('baseModel', part(data, 'base_model'));
  for (const model of items(part(data, 'model-index'))) {
    draft.line('name', part(model, 'name'));
    for (const result of items(part(model, 'results'))) {
      const task = partAt(result, 'task', 'type');
      draft.line('task', task === NO_TASK ? undefined : task);
      const dataset = datasetName(part(result, 'dataset'));
      for (const metric of items(part(result, 'metrics'))) {
        draft.metric({
          key: part(metric, 'type') ?? part(metric, 'name'),
          value: part(metric, 'value'),
          dataset,
          slice: partAt(metric, 'args', 'slice'),
          n: partAt(metric, 'args', 'n'),
          lower: partAt(metric, 'args', 'lower'),
          upper: partAt(metric, 'args', 'upper'),
          origin: partAt(metric, 'args', 'origin'),
        });
      }
    }
  }
  const emissions = part(data, 'co2_eq_emissions');
  const grams =
    textPart(data, 'co2_eq_emissions') ?? textPart(emissions, 'emissions');
  if (grams !== undefined) {
    draft.text('environmentalImpact', `${grams} g CO2 equivalent`);
  }
  draft.put('notApplicable', part(own, 'notApplicable'));
  const claimed = part(own, CLAIMS_KEY);
  for (const path of ['attestedBy', 'attestedAt', 'attestations'] as const) {
    draft.put(path, part(own, path) ?? part(claimed, path));
  }
}

function datasetName(dataset: unknown): string | undefined {
  const name = textPart(dataset, 'name') ?? textPart(dataset, 'type');
  const split = textPart(dataset, 'split');
  if (name === undefined || name === NO_DATASET) {
    return undefined;
  }
  return split ? `${name} (${split})` : name;
}

function takeSections(draft: CardDraft, content: string): void {
  let current: {
    path?: CardPath;
    title?: string;
    level: number;
    rows: string[];
  } = { path: 'description', level: 0, rows: [] };
  const close = () => {
    if (current.path) {
      takeSection(draft, current.path, current.rows.join('\n'));
    } else if (
      current.title !== ORIGINS_HEADING &&
      !isPlaceholder(current.rows.join('\n'))
    ) {
      draft.problems.push(
        `The section "${current.title}" is no field of a card; it was left out`,
      );
    }
  };
  let fence: string | undefined;
  for (const row of content.split('\n')) {
    const [, ticks, waves, info] = FENCE.exec(row) ?? [];
    const mark = ticks ?? waves;
    if (mark && (!fence || (mark.startsWith(fence) && !info.trim()))) {
      fence = fence ? undefined : mark;
    }
    const heading = fence || mark ? null : HEADING.exec(row);
    const title = heading && titleOf(heading[2]);
    if (!heading || !title) {
      current.rows.push(row);
      continue;
    }
    const level = heading[1].length;
    const path = pathOfHeading(title);
    if (path) {
      close();
      current = { path, level, rows: [] };
    } else if (level === 1 && !draft.has('name')) {
      draft.line('name', title.replace(/^model card (for|of|:)\s*/i, ''));
    } else if (level === 1 && current.level === 0) {
      // The title of the card, where the front matter has named the model.
    } else if (current.path && level > current.level && current.level > 0) {
      current.rows.push(row);
    } else {
      close();
      current = { title, level, rows: [] };
    }
  }
  close();
}

/** A heading's words, without the marks that may close it. */
function titleOf(rest: string): string {
  const words = rest.slice(0, MAX_TITLE).trimEnd();
  let end = words.length;
  while (words[end - 1] === '#') {
    end -= 1;
  }
  return (/\s$/.test(words.slice(0, end)) ? words.slice(0, end) : words).trim();
}

function takeSection(draft: CardDraft, path: CardPath, text: string): void {
  if (text.trim() === '') {
    return;
  }
  if (path === 'owners' || path === 'references') {
    draft.lines(
      path,
      text
        .split('\n')
        .map(row => row.replace(/^\s*([-*+]|\d+[.)])\s+/, ''))
        .filter(row => !isPlaceholder(row))
        .map(row => labelOf(row)?.value ?? row)
        .map(row => (path === 'owners' ? ownerOfText(row) : row)),
    );
    return;
  }
  draft.text(path, text);
  if (path === 'description') {
    for (const row of text.split('\n')) {
      const label = labelOf(row.replace(/^\s*[-*+]\s+/, ''));
      const [, target] =
        LABELS.find(([name]) => label && name.test(label.name)) ?? [];
      if (!label || !target || isPlaceholder(label.value)) {
        continue;
      }
      if (target === 'architecture') {
        draft.text(target, label.value);
      } else if (target === 'licence') {
        draft.line(target, label.value);
      } else {
        draft.lines(target, label.value);
      }
    }
  }
}

function labelOf(row: string): { name: string; value: string } | undefined {
  const match = /^\*\*([^*]{1,80}?):?\*\*:?\s*(.+)$/.exec(row.trim());
  return match
    ? {
        name: match[1]
          .replace(/\s*\[optional\]/i, '')
          .trim()
          .toLowerCase(),
        value: match[2].trim(),
      }
    : undefined;
}
