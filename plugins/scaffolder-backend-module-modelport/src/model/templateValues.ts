import {
  modelPackageOf,
  modelTitleOf,
} from '@modelport/plugin-modelport-common';
import { featuresOf } from './columns';
import { expectationsOf } from './expectations';
import { layersFor } from './options';
import { Answers, namedColumns } from './readAnswers';
import { TASK_FACTS } from './tasks';
import { asMarkdown, oneLine } from './text';

const WORDS = {
  binary: 'the probability of yes for each row',
  multiclass: 'the probability of each class for each row',
  regression: 'a number for each row, with its interval',
  forecasting: 'values of series ahead, with their interval',
  ranking: 'the order of the items of a query',
  matching: 'whether two records are of the same thing',
};

/** What the templates are rendered with. Free texts are on one line each, and escaped where Markdown shows them. */
export type TemplateValues = Record<string, unknown>;

/**
 * Fills in what was not answered.
 *
 * @param author - who answered, and so vouches for what the card says; null where nobody is known
 * @param source - id of the Modelport source in which the model will be found
 */
export function templateValues(
  answers: Answers,
  source: string,
  author: string | null = null,
): TemplateValues {
  // a repository holds nothing of the host on which it was made
  const { repository: _, ...asked } = answers;
  const { name, task } = answers;
  const facts = TASK_FACTS[task];
  const title = modelTitleOf(name);
  const description =
    oneLine(answers.description ?? '') || `${title}: ${WORDS[task]}.`;
  const purpose = oneLine(answers.purpose ?? '') || description;
  const values = {
    ...asked,
    package: modelPackageOf(name),
    kind: facts.kind,
    title,
    description,
    purpose,
    markdown: {
      title: asMarkdown(title),
      description: asMarkdown(description),
      purpose: asMarkdown(purpose),
    },
    source,
    author,
    dataset: answers.dataset ?? null,
    system: answers.system ?? null,
    domain: answers.domain ?? null,
    ...namedColumns(answers),
    ...sampleValues(answers),
    protected: answers.protected ?? [],
    personal: answers.personal ?? [],
    referBand: answers.referBand ?? null,
    mainMetric: facts.mainMetric,
    // a version that has to reach nothing is no choice, but a form that was left as it was
    gates: answers.gates?.length ? answers.gates : facts.gates,
    target: Object.fromEntries(answers.targets.map(each => [each, true])),
  };
  return { ...values, layers: layersFor({ ...answers, kind: facts.kind }) };
}

/** What the repository begins with: the columns of a person's sample, or those of the task's own. */
function sampleValues({ columns, task }: Answers): TemplateValues {
  const { kind, ...facts } = TASK_FACTS[task];
  const derived = facts.derived.map(({ name }) => name);
  if (!columns) {
    const raw = facts.columns.filter(each => !derived.includes(each));
    return { columns: null, words: null, raw, hasCategories: true };
  }
  const raw = featuresOf(columns);
  const words = kind === 'probability' ? columns.classes : undefined;
  return {
    ...{ raw, words: words ?? null },
    // the day of the week is one
    hasCategories: columns.categorical.length > 0 || derived.length > 0,
    expectations: expectationsOf(columns, task),
    reasons: [
      ...facts.derived,
      ...raw.map((name, index) => ({
        ...{ name, text: sentenceOf(name) },
        code: `C${String(index + 1).padStart(3, '0')}`,
      })),
    ],
  };
}

/** The name of a column as words: `latePayments` and `late_payments` are "Late payments". */
function sentenceOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .split('_')
    .filter(word => word !== '')
    .join(' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
