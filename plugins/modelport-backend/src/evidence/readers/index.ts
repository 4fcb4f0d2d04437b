import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { cardReader } from './cardReader';
import { evaluationRowsReader } from './evaluationRowsReader';
import { junitReader } from './junitReader';

/** Readers of cards, tests and rows of evaluations. */
export const evidenceReaders: readonly EvidenceReader[] = [
  cardReader,
  junitReader,
  evaluationRowsReader,
];
