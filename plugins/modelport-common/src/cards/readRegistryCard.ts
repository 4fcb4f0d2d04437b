import { CardPath, isCardPath, ReadCard } from './cardBody';
import { CardDraft } from './CardDraft';
import { isPlaceholder } from './isPlaceholder';
import { readMarkdownCard } from './readMarkdownCard';

/** Tags that mean a field of the card under another name than its own. */
const TAG_PATHS: Readonly<Record<string, CardPath>> = {
  license: 'licence',
  out_of_scope: 'outOfScopeUse',
  ethics: 'ethicalConsiderations',
  kpi: 'businessMetric',
  authors: 'owners',
};

/** Fields that plain tags, without `card.` before them, may fill: other words mean too many things in a registry. */
const PLAIN: readonly CardPath[] = [
  'purpose',
  'businessMetric',
  'intendedUse',
  'outOfScopeUse',
  'limitations',
  'ethicalConsiderations',
  'licence',
  'contact',
];

const LISTS: readonly CardPath[] = [
  'owners',
  'tags',
  'languages',
  'baseModel',
  'references',
];

const NOT_FROM_TAGS: readonly CardPath[] = [
  'metrics',
  'hyperparameters',
  'inputs',
  'outputs',
  'notApplicable',
];

/**
 * Reads what a registry such as MLflow holds of a card: the description, Markdown with or without headings, and tags
 * `card.<field>` or `modelport.card.<field>` with the field in camel or snake case; `card.not_applicable.<field>` says
 * why a field does not apply. A few fields, such as `purpose` and `license`, count without the prefix too.
 *
 * @public
 */
export function readRegistryCard(registry: {
  description: string | null;
  tags: Record<string, string>;
}): ReadCard {
  const draft = new CardDraft();
  const notApplicable: Record<string, string> = {};
  for (const [key, value] of Object.entries(registry.tags)) {
    const [, prefix = '', rest] =
      /^((?:modelport\.)?card\.)?(.*)$/s.exec(key) ?? [];
    const reasonFor = prefix
      ? /^not_?applicable\.(.+)$/is.exec(rest)?.[1]
      : undefined;
    const path = pathOf(reasonFor ?? rest);
    if (!path || isPlaceholder(value)) {
      continue;
    }
    if (reasonFor) {
      notApplicable[path] = value;
    } else if (prefix ? !NOT_FROM_TAGS.includes(path) : PLAIN.includes(path)) {
      take(draft, path, value);
    }
  }
  draft.put(
    'notApplicable',
    Object.keys(notApplicable).length > 0 ? notApplicable : undefined,
  );
  const tagged = draft.finish();
  const described = registry.description
    ? readMarkdownCard(registry.description)
    : { body: {}, problems: [] };
  return {
    body: { ...described.body, ...tagged.body },
    problems: [...tagged.problems, ...described.problems],
  };
}

function take(draft: CardDraft, path: CardPath, value: string): void {
  if (LISTS.includes(path)) {
    draft.lines(
      path,
      value.split(',').map(item => item.trim()),
    );
  } else if (path === 'attestedAt') {
    draft.put(path, value);
  } else if (
    ['name', 'licence', 'task', 'framework', 'code', 'attestedBy'].includes(
      path,
    )
  ) {
    draft.line(path, value);
  } else {
    draft.text(path, value);
  }
}

function pathOf(tag: string): CardPath | undefined {
  const snake = tag.toLowerCase();
  const path = Object.hasOwn(TAG_PATHS, snake)
    ? TAG_PATHS[snake]
    : tag.replace(/[_-]([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return isCardPath(path) ? path : undefined;
}
