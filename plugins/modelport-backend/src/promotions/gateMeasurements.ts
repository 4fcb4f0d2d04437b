import { Measurement, Version } from '@modelport/plugin-modelport-common';
import { measurementsIn } from '../evidence/EvidenceMeasurements';
import { addMeasurements } from '../models/addMeasurements';
import { GateEvidence } from './gates/types';

/**
 * What the source and all metrics evidence of a version say, to be judged: the newest of a measurement from each who
 * brought it, so that nobody hides what another says by pushing it again.
 *
 * @param own - as the source has them.
 */
export function gateMeasurements(
  own: Version['measurements'],
  evidence: GateEvidence[],
): Measurement[] {
  const documents = evidence.filter(({ kind }) => kind === 'metrics');
  const found = [...new Set(documents.map(({ from }) => from))].flatMap(from =>
    measurementsIn(documents.filter(document => document.from === from)),
  );
  const once = new Map(found.map(one => [JSON.stringify(one), one]));
  return addMeasurements(own, [...once.values()]);
}
