import { ReadCard } from './cardBody';
import { CardDraft } from './CardDraft';
import { items, part, textPart, textRecord } from './jsonParts';
import { parseLooseJson } from './parseLooseJson';

/**
 * Reads a model card of Amazon SageMaker (schema 0.1.0), alone or as `DescribeModelCard` answers it.
 *
 * @throws `InputError` where the `Content` of an answer is no JSON.
 * @public
 */
export function readSageMakerCard(document: unknown): ReadCard {
  const draft = new CardDraft();
  const content = textPart(document, 'Content');
  const card = content === undefined ? document : parseLooseJson(content);
  const overview = part(card, 'model_overview');
  draft.line('name', part(overview, 'model_name'));
  draft.line('name', part(document, 'ModelCardName'));
  draft.text('description', part(overview, 'model_description'));
  draft.lines('owners', part(overview, 'model_owner'));
  draft.line('task', part(overview, 'problem_type'));
  draft.text('architecture', part(overview, 'algorithm_type'));

  const uses = part(card, 'intended_uses');
  const business = part(card, 'business_details');
  draft.text('purpose', part(uses, 'purpose_of_model'));
  draft.text('purpose', part(business, 'business_problem'));
  draft.text('users', part(business, 'business_stakeholders'));
  draft.text('intendedUse', part(uses, 'intended_uses'));
  draft.text('limitations', part(uses, 'factors_affecting_model_efficiency'));
  const rating = textPart(uses, 'risk_rating');
  const explained = textPart(uses, 'explanations_for_risk_rating');
  if (rating && rating.toLowerCase() !== 'unknown') {
    draft.text('riskManagement', `Risk rating: ${rating}`);
  }
  draft.text('riskManagement', explained);

  takeTraining(draft, part(card, 'training_details'));
  items(part(card, 'evaluation_details')).forEach(entry =>
    takeEvaluation(draft, entry),
  );

  const additional = part(card, 'additional_information');
  draft.text(
    'ethicalConsiderations',
    part(additional, 'ethical_considerations'),
  );
  draft.text(
    'recommendations',
    part(additional, 'caveats_and_recommendations'),
  );
  return draft.finish();
}

function takeTraining(draft: CardDraft, training: unknown): void {
  const job = part(training, 'training_job_details');
  draft.text('trainingProcedure', part(training, 'objective_function'));
  draft.text('trainingProcedure', part(training, 'training_observations'));
  draft.bullets('trainingData', items(part(job, 'training_datasets')));
  const parameters = Object.fromEntries(
    [
      ...items(part(job, 'hyper_parameters')),
      ...items(part(job, 'user_provided_hyper_parameters')),
    ].flatMap(entry => {
      const { name, value } = textRecord(entry);
      return name && value !== undefined ? [[name, value]] : [];
    }),
  );
  if (Object.keys(parameters).length > 0) {
    draft.put('hyperparameters', parameters);
  }
  for (const metric of [
    ...items(part(job, 'training_metrics')),
    ...items(part(job, 'user_provided_training_metrics')),
  ]) {
    draft.metric({
      key: part(metric, 'name'),
      value: part(metric, 'value'),
      dataset: 'training',
    });
  }
}

function takeEvaluation(draft: CardDraft, evaluation: unknown): void {
  const name = textPart(evaluation, 'name');
  draft.text('evaluationResults', part(evaluation, 'evaluation_observation'));
  draft.bullets('evaluationData', items(part(evaluation, 'datasets')));
  for (const group of items(part(evaluation, 'metric_groups'))) {
    for (const metric of items(part(group, 'metric_data'))) {
      // Graphs and matrices hold more than one figure.
      if (part(metric, 'type') === 'number') {
        draft.metric({
          key: part(metric, 'name'),
          value: part(metric, 'value'),
          dataset: name,
        });
      }
    }
  }
}
