import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { calibrationReader } from './calibrationReader';
import { cardReader } from './cardReader';
import { evaluationRowsReader } from './evaluationRowsReader';
import { junitReader } from './junitReader';
import { ownDocumentReaders } from './ownDocumentReaders';

/** Readers of cards, tests, calibration and rows of evaluations. */
export const evidenceReaders: readonly EvidenceReader[] = [
  ...ownDocumentReaders,
  cardReader,
  calibrationReader,
  junitReader,
  evaluationRowsReader,
];
