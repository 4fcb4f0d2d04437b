import { EvidenceReader } from '@modelport/plugin-modelport-node';
import { evidentlyDriftReader } from './evidentlyDriftReader';
import { evidentlyPerformanceReader } from './evidentlyPerformanceReader';
import { nannymlDriftReader } from './nannymlDriftReader';
import { nannymlPerformanceReader } from './nannymlPerformanceReader';
import { sageMakerConstraintsReader } from './sageMakerConstraintsReader';
import { sageMakerQualityReader } from './sageMakerQualityReader';
import { sageMakerStatisticsReader } from './sageMakerStatisticsReader';
import { sageMakerViolationsReader } from './sageMakerViolationsReader';

/** Readers of what monitoring tools write; of two for the same name the narrower comes first. */
export const monitoringReaders: readonly EvidenceReader[] = [
  sageMakerQualityReader,
  sageMakerViolationsReader,
  sageMakerStatisticsReader,
  sageMakerConstraintsReader,
  evidentlyDriftReader,
  evidentlyPerformanceReader,
  nannymlDriftReader,
  nannymlPerformanceReader,
];
