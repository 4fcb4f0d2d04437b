import {
  modelPackageOf,
  modelTitleOf,
} from '@modelport/plugin-modelport-common';
import { Answers } from './readAnswers';
import { layersFor } from './options';
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
    label: answers.label ?? facts.label,
    id: answers.id ?? facts.id,
    time: answers.time ?? facts.time,
    protected: answers.protected ?? [],
    personal: answers.personal ?? [],
    referBand: answers.referBand ?? null,
    mainMetric: facts.mainMetric,
    // a version that has to reach nothing is no choice, but a form that was left as it was
    gates: answers.gates?.length ? answers.gates : facts.gates,
    raw: facts.columns.filter(each => !facts.derived?.includes(each)),
    target: Object.fromEntries(answers.targets.map(each => [each, true])),
  };
  return { ...values, layers: layersFor({ ...answers, kind: facts.kind }) };
}
