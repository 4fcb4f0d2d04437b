import { InputError, isError, NotFoundError } from '@backstage/errors';
import {
  additivityOf,
  ComputedExplanation,
  ExplainableModel,
  Explains,
} from '@modelport/plugin-modelport-common';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../parseJson';
import { ExplainResult, RowToExplain } from './explainRows';
import { ExplainWorkers } from './ExplainWorkers';
import { ModelFile, TreeModels, VersionOf } from './TreeModels';

const NO_MODEL =
  'Among the artefacts there is no file of XGBoost (model.ubj, model.json) or LightGBM (model.txt, model.lgb); other models are not explained here. Push an explanation instead.';

/** MLflow's example of an input: a data frame by rows. */
const exampleSchema = z.object({
  columns: z.array(z.string()),
  data: z.array(z.array(z.unknown())).min(1),
});

type Explained = Extract<ExplainResult, { model: unknown }>;

/** Explanations that the portal computes itself, from a model's own file. */
export class ComputeService {
  constructor(
    private readonly options: { files: TreeModels; workers: ExplainWorkers },
  ) {}

  /**
   * Whether rows of a version can be explained here, and if not, why.
   *
   * @param options - with `example` the first row of the model's input example, which may be a person's.
   * @throws `NotFoundError` where there is no such version.
   */
  async model(
    of: VersionOf,
    options: { example: boolean },
  ): Promise<ExplainableModel> {
    const { model, example } = await this.options.files.find(of);
    if (!model) {
      return nothingOf(null, NO_MODEL);
    }
    const result = await this.run(model, [], null);
    if (result.unreadable !== undefined) {
      return nothingOf(model, result.unreadable);
    }
    if (result.refused !== undefined) {
      return nothingOf(model, result.refused);
    }
    const { features, classes, baseValues, trees, format, categories } =
      result.model;
    return {
      computable: true,
      why: null,
      format,
      path: model.path,
      digest: model.digest,
      features,
      classes,
      explains: explainsOf(result),
      baseValues,
      trees,
      categories,
      example: options.example && example ? rowOf(example, features) : null,
    };
  }

  /**
   * Explains rows: path-dependent, or against a background.
   *
   * @throws `NotFoundError` where the version has no model of trees; `InputError` where the rows don't fit it;
   * `ServiceUnavailableError` where it takes too long, or its source can't be asked.
   */
  async compute(
    of: VersionOf,
    request: {
      rows: RowToExplain[];
      background?: RowToExplain[];
      class?: string;
    },
  ): Promise<ComputedExplanation> {
    const { model, result } = await this.explain(of, request);
    const { classes, features, format } = result.model;
    const output = outputOf(request.class, classes);
    const { background } = request;
    return {
      explains: explainsOf(result),
      perturbation: background ? 'interventional' : 'path-dependent',
      background: background
        ? {
            digest: createHash('sha256')
              .update(JSON.stringify(background))
              .digest('hex'),
            rows: background.length,
          }
        : null,
      class: classes[output] ?? null,
      classes,
      baseValue: result.baseValues[output],
      rows: result.rows.map(row => ({
        output: row.margins[output],
        probability: row.probabilities?.[output] ?? null,
        contributions: Object.fromEntries(
          features.map((feature, i) => [feature, row.contributions[output][i]]),
        ),
      })),
      additivity: additivityOf(
        result.rows.map(row => ({
          baseValue: result.baseValues[output],
          output: row.margins[output],
          contributions: row.contributions[output],
        })),
      ),
      model: { digest: model.digest, path: model.path, format },
    };
  }

  /** Of the version's model file; null where there is none that is read, or its source can't be asked now. */
  async digest(of: VersionOf): Promise<string | null> {
    try {
      const { model } = await this.options.files.find(of);
      return model?.digest ?? null;
    } catch (error) {
      if (isError(error) && error.name === 'ServiceUnavailableError') {
        return null;
      }
      throw error;
    }
  }

  private async explain(
    of: VersionOf,
    request: { rows: RowToExplain[]; background?: RowToExplain[] },
  ): Promise<{ model: ModelFile; result: Explained }> {
    const { model } = await this.options.files.find(of);
    if (!model) {
      throw new NotFoundError(NO_MODEL);
    }
    const result = await this.run(
      model,
      request.rows,
      request.background ?? null,
    );
    if (result.unreadable !== undefined) {
      throw new NotFoundError(
        `${model.path} can't be explained: ${result.unreadable}`,
      );
    }
    if (result.refused !== undefined) {
      throw new InputError(result.refused);
    }
    return { model, result };
  }

  private run(
    model: ModelFile,
    rows: RowToExplain[],
    background: RowToExplain[] | null,
  ) {
    const { digest, bytes } = model;
    return this.options.workers.run({ digest, bytes, rows, background });
  }
}

/**
 * The place of a class among the outputs.
 *
 * @throws `InputError` where there is no such class.
 */
export function outputOf(name: string | undefined, classes: string[]): number {
  if (name === undefined) {
    return 0;
  }
  const output = classes.indexOf(name);
  if (output < 0) {
    throw new InputError(
      classes.length > 0
        ? `There is no class "${name}"; expected one of ${classes
            .slice(0, 20)
            .join(', ')}`
        : `There is no class "${name}": the model has one output`,
    );
  }
  return output;
}

function explainsOf({ model }: Explained): Explains {
  return {
    output: 'margin',
    // A calibration comes after the trees.
    calibrated: false,
    outcome: null,
    link: model.link,
  };
}

function nothingOf(model: ModelFile | null, why: string): ExplainableModel {
  return {
    computable: false,
    why,
    format: null,
    path: model?.path ?? null,
    digest: model?.digest ?? null,
    features: [],
    classes: [],
    explains: null,
    baseValues: [],
    trees: null,
    categories: {},
    example: null,
  };
}

/** The first row of an input example; null where it doesn't fit the model. */
function rowOf(bytes: Uint8Array, features: string[]) {
  let content: unknown;
  try {
    content = parseJson(bytes);
  } catch {
    return null;
  }
  const example = exampleSchema.safeParse(content);
  if (!example.success) {
    return null;
  }
  const { columns, data } = example.data;
  const fits = features.every(feature => columns.includes(feature));
  return fits
    ? Object.fromEntries(
        features.map(feature => [
          feature,
          data[0][columns.indexOf(feature)] ?? null,
        ]),
      )
    : null;
}
