import {
  MonitorDefinition,
  monitorDefinition,
} from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { withScalars } from '../../models/withScalars';
import { isZone } from './windowsOf';

/** A monitor as it is declared; where that can't be read, why, in words. */
export function readDefinition(
  raw: unknown,
): { definition: MonitorDefinition } | { problem: string } {
  // Files give every scalar as it was written; a setting that is a text is tried as such first.
  const written = monitorDefinition.safeParse(raw);
  const read = written.success
    ? written
    : monitorDefinition.safeParse(withScalars(raw));
  if (!read.success) {
    return { problem: z.prettifyError(read.error) };
  }
  const zone = read.data.time?.zone;
  return zone === undefined || isZone(zone)
    ? { definition: read.data }
    : {
        problem: `${zone} is no time zone; expected one such as Europe/Zurich`,
      };
}
