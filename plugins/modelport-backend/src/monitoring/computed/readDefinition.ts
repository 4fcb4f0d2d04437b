import {
  MonitorDefinition,
  monitorDefinition,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { withScalars } from '../../models/withScalars';
import { isZone } from './windowsOf';

/**
 * A monitor as it is declared, and what was written, with numbers as numbers; where it can't be read, why, in words.
 */
export function readDefinition(
  raw: unknown,
): { definition: MonitorDefinition; written: unknown } | { problem: string } {
  // Files give every scalar as it was written; a setting that is a text is tried as such first.
  const asItIs = monitorDefinition.safeParse(raw);
  const written = asItIs.success ? raw : withScalars(raw);
  const read = asItIs.success ? asItIs : monitorDefinition.safeParse(written);
  if (!read.success) {
    return { problem: z.prettifyError(read.error) };
  }
  const zone = read.data.time?.zone;
  return zone === undefined || isZone(zone)
    ? { definition: read.data, written }
    : {
        problem: `${zone} is no time zone; expected one such as Europe/Zurich`,
      };
}
