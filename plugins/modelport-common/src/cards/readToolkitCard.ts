import { ReadCard } from './cardBody';
import { CardDraft } from './CardDraft';
import { EVALUATION_DATA, TRAINING_DATA } from './dataNames';
import { readSliceText } from './metricSlice';
import { isOwnerRef } from './ownerNames';
import { items, part, partAt, textPart } from './jsonParts';

/**
 * Reads a card of Google's Model Card Toolkit, schema 0.0.2.
 *
 * @public
 */
export function readToolkitCard(card: unknown): ReadCard {
  const draft = new CardDraft();
  const details = part(card, 'model_details');
  draft.line('name', part(details, 'name'));
  draft.text('description', part(details, 'overview'));
  draft.text('description', part(details, 'documentation'));
  for (const owner of items(part(details, 'owners'))) {
    const name = textPart(owner, 'name');
    const contact = textPart(owner, 'contact');
    if (isOwnerRef(contact)) {
      draft.lines('owners', contact);
      continue;
    }
    draft.lines('owners', name ?? contact);
    if (contact) {
      draft.text('contact', name ? `${name}: ${contact}` : contact);
    }
  }
  draft.text('changes', partAt(details, 'version', 'diff'));
  for (const licence of items(part(details, 'licenses'))) {
    draft.line(
      'licence',
      part(licence, 'identifier') ?? part(licence, 'custom_text'),
    );
  }
  draft.lines(
    'references',
    items(part(details, 'references')).map(item => part(item, 'reference')),
  );
  draft.bullets(
    'citation',
    items(part(details, 'citations')).map(item => part(item, 'citation')),
  );

  const parameters = part(card, 'model_parameters');
  draft.text('architecture', part(parameters, 'model_architecture'));
  items(part(parameters, 'data')).forEach(data => takeData(draft, data));
  for (const [path, key] of [
    ['inputs', 'input_format'],
    ['outputs', 'output_format'],
  ] as const) {
    const format = textPart(parameters, key);
    const columns = [
      ...(format ? [{ name: null, type: format.slice(0, 2_000) }] : []),
      ...items(part(parameters, `${key}_map`)).flatMap(entry => {
        const name = textPart(entry, 'key')?.slice(0, 2_000);
        return name
          ? [{ name, type: textPart(entry, 'value')?.slice(0, 2_000) ?? null }]
          : [];
      }),
    ];
    if (columns.length > 0) {
      draft.put(path, columns);
    }
  }

  for (const metric of items(
    partAt(card, 'quantitative_analysis', 'performance_metrics'),
  )) {
    const slice = textPart(metric, 'slice');
    draft.metric({
      key: part(metric, 'type'),
      value: part(metric, 'value'),
      ...(slice?.toLowerCase() === 'overall' ? {} : readSliceText(slice)),
      lower: partAt(metric, 'confidence_interval', 'lower_bound'),
      upper: partAt(metric, 'confidence_interval', 'upper_bound'),
    });
  }

  const considerations = part(card, 'considerations');
  for (const [path, key] of [
    ['users', 'users'],
    ['intendedUse', 'use_cases'],
    ['limitations', 'limitations'],
    ['tradeoffs', 'tradeoffs'],
  ] as const) {
    draft.bullets(
      path,
      items(part(considerations, key)).map(item => part(item, 'description')),
    );
  }
  draft.bullets(
    'ethicalConsiderations',
    items(part(considerations, 'ethical_considerations')).map(risk =>
      [textPart(risk, 'name'), textPart(risk, 'mitigation_strategy')]
        .filter(Boolean)
        .join(': '),
    ),
  );
  return draft.finish();
}

function takeData(draft: CardDraft, data: unknown): void {
  const name = textPart(data, 'name');
  const text = [
    name,
    textPart(data, 'description'),
    textPart(data, 'link'),
    ...items(partAt(data, 'sensitive', 'sensitive_data')).flatMap(item =>
      typeof item === 'string' ? `Sensitive: ${item}` : [],
    ),
  ]
    .filter(Boolean)
    .join('\n\n');
  const own = [TRAINING_DATA, EVALUATION_DATA].find(known => known === name);
  const described = textPart(data, 'description');
  if (own && described) {
    draft.text(
      own === EVALUATION_DATA ? 'evaluationData' : 'trainingData',
      described,
    );
    return;
  }
  const words = `${name ?? ''} ${textPart(data, 'description') ?? ''}`;
  draft.text(isForEvaluation(words) ? 'evaluationData' : 'trainingData', text);
}

/** Whether a dataset's words say that it is for evaluation; all others count as training data. */
export function isForEvaluation(words: string): boolean {
  return (
    /\b(eval\w*|test\w*|valid\w*|hold-?out)\b/i.test(
      words.replace(/_/g, ' '),
    ) && !/\btrain\w*/i.test(words.replace(/_/g, ' '))
  );
}
