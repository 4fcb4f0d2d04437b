import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { azureMlDrift } from './azureMlDrift';
import { deequDrift } from './deequDrift';
import {
  DRIFT_CONVENTIONS,
  DriftConvention,
  DriftFigures,
  DriftSamples,
} from './driftFigures';
import { categoricalSample, numericSample } from './driftSample';
import { evidentlyDrift } from './evidentlyDrift';
import { modelportDrift } from './modelportDrift';
import { nannymlDrift } from './nannymlDrift';
import { noiseFloor } from './noiseFloor';

const MOST_EDGES = 10_001;

/**
 * How far a current sample is from a reference.
 *
 * @public
 */
export interface DriftComparison extends DriftFigures {
  type: 'numeric' | 'categorical';
  convention: DriftConvention;
  nReference: number;
  nCurrent: number;
  /** Values that are null, not a number or infinite. */
  missingReference: number;
  missingCurrent: number;
  /** Those of the missing values that are not a number or infinite. */
  notFiniteReference: number;
  notFiniteCurrent: number;
  /** What noise alone gives each statistic at these sizes; null for what the convention does not give. */
  noiseFloor: {
    psi: number | null;
    jensenShannonDistance: number | null;
    hellinger: number | null;
    ks: number | null;
  };
}

const COMPUTE: Record<
  DriftConvention,
  (samples: DriftSamples) => DriftFigures
> = {
  modelport: modelportDrift,
  evidently: evidentlyDrift,
  nannyml: nannymlDrift,
  azureml: azureMlDrift,
  deequ: deequDrift,
};

/**
 * Compares two samples by one convention.
 *
 * @param request - `{type, reference, current, edges?}` as it came; null is missing.
 * @param convention - `modelport` unless given.
 * @throws `InputError` that says what is wrong with the request and where.
 *
 * @public
 */
export function driftStatistics(
  request: unknown,
  convention = 'modelport',
): DriftComparison {
  const chosen = DRIFT_CONVENTIONS.find(known => known === convention);
  if (!chosen) {
    throw new InputError(
      `convention is unknown; expected one of ${DRIFT_CONVENTIONS.join(', ')}`,
    );
  }
  const { type, reference, current, edges } = readRequest(request);
  const read = type === 'numeric' ? readNumeric : readCategorical;
  const { samples, counts } = read(reference, current, edges);
  const figures = COMPUTE[chosen](samples);
  const nReference = samples.reference.length;
  const nCurrent = samples.current.length;
  const sizes = {
    n: nReference,
    m: nCurrent,
    bins: figures.referenceCounts.length,
  };
  return {
    type,
    convention: chosen,
    nReference,
    nCurrent,
    ...counts,
    ...figures,
    noiseFloor: {
      psi: figures.psi === null ? null : noiseFloor('psi', sizes),
      // The floor is of the distance to base 2; to base e it is shorter by √ln 2.
      jensenShannonDistance: jensenShannonFloor(chosen, figures, sizes),
      hellinger:
        figures.hellinger === null ? null : noiseFloor('hellinger', sizes),
      ks: figures.ks === null ? null : noiseFloor('ks', sizes),
    },
  };
}

function jensenShannonFloor(
  convention: DriftConvention,
  figures: DriftFigures,
  sizes: Parameters<typeof noiseFloor>[1],
): number | null {
  const floor = noiseFloor('jensenShannonDistance', sizes);
  if (figures.jensenShannonDistance === null || floor === null) {
    return null;
  }
  return convention === 'evidently' ? floor * Math.sqrt(Math.LN2) : floor;
}

function readNumeric(
  reference: readonly unknown[],
  current: readonly unknown[],
  edges: readonly number[] | null,
) {
  const before = numericSample(reference, 'reference');
  const now = numericSample(current, 'current');
  const samples: DriftSamples = {
    type: 'numeric',
    reference: before.values,
    current: now.values,
    sortedReference: Float64Array.from(before.values).sort(),
    sortedCurrent: Float64Array.from(now.values).sort(),
    edges,
  };
  return { samples, counts: countsOf(before, now) };
}

function readCategorical(
  reference: readonly unknown[],
  current: readonly unknown[],
  edges: readonly number[] | null,
) {
  if (edges) {
    throw new InputError('edges are for numbers; type is "categorical"');
  }
  const before = categoricalSample(reference, 'reference');
  const now = categoricalSample(current, 'current');
  const samples: DriftSamples = {
    type: 'categorical',
    reference: before.values,
    current: now.values,
  };
  return { samples, counts: countsOf(before, now) };
}

function countsOf(
  before: { missing: number; notFinite: number },
  now: { missing: number; notFinite: number },
) {
  return {
    missingReference: before.missing,
    missingCurrent: now.missing,
    notFiniteReference: before.notFinite,
    notFiniteCurrent: now.notFinite,
  };
}

const requestSchema = z.object({
  type: z.enum(['numeric', 'categorical']),
  reference: z.unknown().optional(),
  current: z.unknown().optional(),
  edges: z.unknown().optional(),
});

function readRequest(request: unknown) {
  const result = requestSchema.safeParse(request);
  if (!result.success) {
    throw new InputError(
      'Expected an object with type "numeric" or "categorical", and the lists reference and current',
    );
  }
  const { type, reference, current, edges } = result.data;
  return {
    type,
    reference: listOf(reference, 'reference'),
    current: listOf(current, 'current'),
    edges: readEdges(edges),
  };
}

function listOf(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new InputError(`${name}: expected a list of values`);
  }
  return value;
}

function readEdges(value: unknown): readonly number[] | null {
  if (value === undefined || value === null) {
    return null;
  }
  const edges = listOf(value, 'edges').map((edge, place) => {
    if (typeof edge !== 'number' || !Number.isFinite(edge)) {
      throw new InputError(`edges[${place}]: expected a finite number`);
    }
    return edge;
  });
  if (edges.length < 2 || edges.length > MOST_EDGES) {
    throw new InputError(
      `edges: expected 2 to ${MOST_EDGES} numbers, got ${edges.length}`,
    );
  }
  const wrong = edges.findIndex(
    (edge, place) => place > 0 && edge <= edges[place - 1],
  );
  if (wrong > 0) {
    throw new InputError(
      `edges[${wrong}] is not above edges[${
        wrong - 1
      }]; expected them ascending, each once`,
    );
  }
  return edges;
}
