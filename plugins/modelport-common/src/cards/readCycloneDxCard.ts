import { InputError } from '@backstage/errors';
import { ReadCard } from './cardBody';
import { EVALUATION_DATA, TRAINING_DATA } from './dataNames';
import { CardDraft } from './CardDraft';
import { items, part, partAt, textPart } from './jsonParts';
import { readSliceText } from './metricSlice';
import { isOwnerRef } from './ownerNames';
import { isForEvaluation } from './readToolkitCard';

/** How a column stands in CycloneDX's one text for a format. */
export const COLUMN_SEPARATOR = ': ';

/**
 * Reads the `modelCard` of a CycloneDX document (JSON, 1.5 to 1.7), or one that stands alone.
 *
 * @throws `InputError` where the document describes no model.
 * @public
 */
export function readCycloneDxCard(document: unknown): ReadCard {
  const draft = new CardDraft();
  const component = componentOf(draft, document);
  const card = part(component, 'modelCard') ?? component;
  draft.line('name', part(component, 'name'));
  draft.text('description', part(component, 'description'));
  draft.lines(
    'owners',
    items(part(component, 'authors')).map(
      author =>
        [part(author, 'bom-ref')].find(isOwnerRef) ??
        part(author, 'name') ??
        part(author, 'email'),
    ),
  );
  draft.lines('tags', part(component, 'tags'));
  draft.lines(
    'baseModel',
    items(partAt(component, 'pedigree', 'ancestors')).map(ancestor =>
      part(ancestor, 'name'),
    ),
  );
  for (const licence of items(part(component, 'licenses'))) {
    draft.line(
      'licence',
      part(licence, 'expression') ??
        partAt(licence, 'license', 'id') ??
        partAt(licence, 'license', 'name'),
    );
  }
  for (const reference of items(part(component, 'externalReferences'))) {
    const url = part(reference, 'url');
    if (part(reference, 'type') === 'vcs') {
      draft.line('code', url);
    } else {
      draft.lines('references', url);
    }
  }
  takeParameters(draft, part(card, 'modelParameters'));
  for (const metric of items(
    partAt(card, 'quantitativeAnalysis', 'performanceMetrics'),
  )) {
    draft.metric({
      key: part(metric, 'type'),
      value: part(metric, 'value'),
      ...readSliceText(part(metric, 'slice')),
      lower: partAt(metric, 'confidenceInterval', 'lowerBound'),
      upper: partAt(metric, 'confidenceInterval', 'upperBound'),
    });
  }
  takeConsiderations(draft, part(card, 'considerations'));
  return draft.finish();
}

function componentOf(draft: CardDraft, document: unknown): unknown {
  const components = [
    partAt(document, 'metadata', 'component'),
    ...items(part(document, 'components')),
  ].filter(component => part(component, 'modelCard') !== undefined);
  if (components.length > 1) {
    draft.problems.push(
      `The document describes ${components.length} models; the first was read`,
    );
  }
  const found =
    components[0] ??
    [
      'modelCard',
      'modelParameters',
      'considerations',
      'quantitativeAnalysis',
    ].some(key => part(document, key) !== undefined);
  if (!found) {
    throw new InputError('The CycloneDX document describes no model');
  }
  return components[0] ?? document;
}

function takeParameters(draft: CardDraft, parameters: unknown): void {
  draft.line('task', part(parameters, 'task'));
  const approach = textPart(part(parameters, 'approach'), 'type');
  const family = textPart(parameters, 'architectureFamily');
  for (const text of [
    approach && `Approach: ${approach}`,
    family && `Family: ${family}`,
    part(parameters, 'modelArchitecture'),
  ]) {
    draft.text('architecture', text);
  }
  for (const data of items(part(parameters, 'datasets'))) {
    const name = textPart(data, 'name');
    const description = textPart(data, 'description');
    const isOurs = name === TRAINING_DATA || name === EVALUATION_DATA;
    const path =
      name === EVALUATION_DATA ||
      (!isOurs && isForEvaluation(`${name ?? ''} ${description ?? ''}`))
        ? 'evaluationData'
        : 'trainingData';
    draft.text(
      path,
      isOurs && description
        ? description
        : [
            name ?? part(data, 'ref'),
            description,
            partAt(data, 'contents', 'url'),
          ]
            .filter(text => typeof text === 'string')
            .join('\n\n'),
    );
  }
  for (const path of ['inputs', 'outputs'] as const) {
    const columns = items(part(parameters, path)).flatMap(item => {
      const format = textPart(item, 'format')?.slice(0, 2_000);
      return format === undefined ? [] : [columnOf(format)];
    });
    if (columns.length > 0) {
      draft.put(path, columns);
    }
  }
}

function columnOf(format: string) {
  const at = format.lastIndexOf(COLUMN_SEPARATOR);
  return at > 0
    ? {
        name: format.slice(0, at),
        type: format.slice(at + COLUMN_SEPARATOR.length) || null,
      }
    : { name: null, type: format };
}

function takeConsiderations(draft: CardDraft, considerations: unknown): void {
  draft.bullets('users', part(considerations, 'users'));
  draft.bullets('intendedUse', part(considerations, 'useCases'));
  draft.bullets('limitations', part(considerations, 'technicalLimitations'));
  draft.bullets('tradeoffs', part(considerations, 'performanceTradeoffs'));
  draft.bullets(
    'ethicalConsiderations',
    items(part(considerations, 'ethicalConsiderations')).map(risk =>
      [textPart(risk, 'name'), textPart(risk, 'mitigationStrategy')]
        .filter(Boolean)
        .join(': '),
    ),
  );
  draft.bullets(
    'fairness',
    items(part(considerations, 'fairnessAssessments')).map(group =>
      ['groupAtRisk', 'benefits', 'harms', 'mitigationStrategy']
        .flatMap(key => textPart(group, key) ?? [])
        .join('. '),
    ),
  );
  const energy = items(
    partAt(considerations, 'environmentalConsiderations', 'energyConsumptions'),
  );
  draft.bullets(
    'environmentalImpact',
    energy.flatMap(entry => {
      const activity = textPart(entry, 'activity');
      const cost = partAt(entry, 'activityEnergyCost', 'value');
      return activity
        ? `${activity}${typeof cost === 'number' ? `: ${cost} kWh` : ''}`
        : [];
    }),
  );
}
