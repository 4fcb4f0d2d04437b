import { ExplainedRow } from '@modelport/plugin-modelport-common';
import { z } from 'zod';
import { joinMasked } from './joinMasked';

const perClass = z.union([z.number(), z.array(z.number())]).nullish();

/** A row as it is sealed; see `explanationBody` of the common package. */
const sealedRow = z.object({
  id: z.string(),
  values: z
    .array(z.union([z.number(), z.string(), z.boolean(), z.null()]))
    .nullish(),
  baseValue: perClass,
  output: perClass,
  contributions: z.union([z.array(z.number()), z.array(z.array(z.number()))]),
});

/** One row of an explanation, for one output. */
export interface OpenedRow {
  id: string;
  values: Array<number | string | boolean | null> | null;
  baseValue: number | null;
  output: number | null;
  contributions: number[];
}

/** A row of one output; null where it was erased. */
export function openRow(sealed: unknown, output: number): OpenedRow | null {
  if (sealed === null) {
    return null;
  }
  const row = sealedRow.parse(sealed);
  const figure = (value: z.output<typeof perClass>) =>
    (Array.isArray(value) ? value[output] : value) ?? null;
  const list = row.contributions[output];
  return {
    id: row.id,
    values: row.values ?? null,
    baseValue: figure(row.baseValue),
    output: figure(row.output),
    contributions: Array.isArray(list)
      ? list
      : row.contributions.filter(part => typeof part === 'number'),
  };
}

/** Whose features are masked: their values, and their contributions but for the sum of them. */
export interface Masked {
  values: ReadonlySet<string>;
  contributions: ReadonlySet<string>;
}

/** A row as the API answers it, without what is masked. */
export function toExplainedRow(
  row: OpenedRow | null,
  options: {
    features: string[];
    masked: Masked;
    className: string | null;
  },
): ExplainedRow {
  const { features, masked, className } = options;
  if (!row) {
    return {
      rowId: null,
      erased: true,
      class: className,
      output: null,
      baseValue: null,
      contributions: {},
      values: {},
      masked: [],
    };
  }
  return {
    rowId: row.id,
    erased: false,
    class: className,
    output: row.output,
    baseValue: row.baseValue,
    contributions: Object.fromEntries(
      joinMasked(
        features.map((feature, i) => [feature, row.contributions[i]]),
        masked.contributions,
      ),
    ),
    values: Object.fromEntries(
      row.values
        ? features.map((feature, i) => [
            feature,
            masked.values.has(feature) ? null : row.values?.[i] ?? null,
          ])
        : [],
    ),
    masked: features.filter(feature =>
      (row.values ? masked.values : masked.contributions).has(feature),
    ),
  };
}
