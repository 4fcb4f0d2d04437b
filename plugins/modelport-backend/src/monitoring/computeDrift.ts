import { isError } from '@backstage/errors';
import { driftStatistics } from '@modelport/plugin-modelport-common';
import { parseJson } from '../parseJson';

/** A request for drift statistics, as it goes to the worker. */
export interface DriftTask {
  bytes: Uint8Array;
  convention: string | undefined;
}

/** Its answer as JSON, or what is wrong with the request. */
export type DriftResult = { json: string } | { refused: string };

/** Computes drift statistics from the bytes of a request. */
export function computeDrift({ bytes, convention }: DriftTask): DriftResult {
  try {
    const statistics = driftStatistics(parseJson(bytes), convention);
    return {
      json: JSON.stringify(statistics, (_key, value) =>
        typeof value === 'number' && !Number.isFinite(value)
          ? String(value)
          : value,
      ),
    };
  } catch (error) {
    return { refused: isError(error) ? error.message : String(error) };
  }
}
