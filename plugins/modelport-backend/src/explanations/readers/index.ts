import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { clarifyReader } from './clarifyReader';
import { clarifyRowsReader } from './clarifyRowsReader';
import { csvExplanationReader } from './csvExplanationReader';
import { jsonExplanationReader } from './jsonExplanationReader';
import { mlflowShapReader } from './mlflowShapReader';
import { npzExplanationReader } from './npzExplanationReader';
import { parquetExplanationReader } from './parquetExplanationReader';
import { reasonCodesReader } from './reasonCodesReader';

/** Readers of explanations and of dictionaries of reason codes. */
export const explanationReaders: readonly EvidenceReader[] = [
  parquetExplanationReader,
  csvExplanationReader,
  jsonExplanationReader,
  npzExplanationReader,
  mlflowShapReader,
  clarifyReader,
  clarifyRowsReader,
  reasonCodesReader,
];
