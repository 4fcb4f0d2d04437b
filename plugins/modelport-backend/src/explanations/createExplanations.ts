import { Knex } from 'knex';
import { AuditLog } from '../audit/AuditLog';
import { EvidenceService } from '../evidence/EvidenceService';
import { SealedRows } from '../evidence/SealedRows';
import { SubjectKeys } from '../evidence/SubjectKeys';
import { ModelsService } from '../models/ModelsService';
import { SourceReadings } from '../models/SourceReadings';
import { ComputeService } from './ComputeService';
import { DecisionReasons } from './DecisionReasons';
import { DictionariesStore } from './DictionariesStore';
import { ExplainWorkers } from './ExplainWorkers';
import { ExplanationDocuments } from './ExplanationDocuments';
import { ExplanationsConfig } from './explanationsConfig';
import { ExplanationsRetention } from './ExplanationsRetention';
import { ExplanationsService } from './ExplanationsService';
import { GivenContributions } from './GivenContributions';
import { ReasonCaseReader } from './ReasonCases';
import { ReasonDictionaries } from './ReasonDictionaries';
import { ReasonFindings } from './ReasonFindings';
import { ReasonRecordsStore } from './ReasonRecordsStore';
import { ReasonReplay } from './ReasonReplay';
import { ReasonsService } from './ReasonsService';
import { TreeModels } from './TreeModels';

/** The services of explanations. */
export interface Explanations {
  compute: ComputeService;
  dictionaries: ReasonDictionaries;
  explanations: ExplanationsService;
  findings: ReasonFindings;
  reasons: ReasonsService;
  explainWorkers: ExplainWorkers;
  explanationsRetention: ExplanationsRetention;
}

/** Puts the services of explanations together. */
export function createExplanations(options: {
  knex: Knex;
  audit: AuditLog;
  evidence: EvidenceService;
  findings: ReasonFindings;
  keys: SubjectKeys;
  models: ModelsService;
  readings: SourceReadings;
  rows: SealedRows;
  config: ExplanationsConfig;
}): Explanations {
  const { config, evidence, findings, knex, models, rows } = options;
  const documents = new ExplanationDocuments({ evidence });
  const explainWorkers = new ExplainWorkers({ timeout: config.computeTimeout });
  const compute = new ComputeService({
    files: new TreeModels(options),
    workers: explainWorkers,
  });
  const dictionaries = new ReasonDictionaries({
    store: new DictionariesStore(options),
    documents,
    evidence,
    models,
  });
  const records = new ReasonRecordsStore(knex);
  const shared = { ...options, compute, dictionaries, documents };
  return {
    compute,
    dictionaries,
    explainWorkers,
    findings,
    explanations: new ExplanationsService({ documents, models, config }),
    explanationsRetention: new ExplanationsRetention({ records, rows, config }),
    reasons: new ReasonsService({
      ...shared,
      records,
      decisions: new DecisionReasons({
        ...shared,
        cases: new ReasonCaseReader({
          ...shared,
          given: new GivenContributions({ models }),
        }),
      }),
      replay: new ReasonReplay(shared),
    }),
  };
}
