import { Knex } from 'knex';
import { EvidenceService } from '../evidence/EvidenceService';
import { ModelsService } from '../models/ModelsService';
import { ComputeService } from './ComputeService';
import { ExplainWorkers } from './ExplainWorkers';
import { ExplanationDocuments } from './ExplanationDocuments';
import { ExplanationsConfig } from './explanationsConfig';
import { ExplanationsService } from './ExplanationsService';
import { ReasonRecordsStore } from './ReasonRecordsStore';
import { ReasonsService } from './ReasonsService';
import { TreeModels } from './TreeModels';

/** The services of explanations. */
export interface Explanations {
  compute: ComputeService;
  explanations: ExplanationsService;
  reasons: ReasonsService;
  explainWorkers: ExplainWorkers;
}

/** Puts the services of explanations together. */
export function createExplanations(options: {
  knex: Knex;
  evidence: EvidenceService;
  models: ModelsService;
  config: ExplanationsConfig;
}): Explanations {
  const { config, evidence, models } = options;
  const documents = new ExplanationDocuments({ evidence });
  const explainWorkers = new ExplainWorkers({ timeout: config.computeTimeout });
  const compute = new ComputeService({
    files: new TreeModels({ models }),
    workers: explainWorkers,
  });
  return {
    compute,
    explainWorkers,
    explanations: new ExplanationsService({ documents, models, config }),
    reasons: new ReasonsService({
      documents,
      evidence,
      compute,
      records: new ReasonRecordsStore(options.knex),
      config,
    }),
  };
}
