import { z } from 'zod';

/** What wraps a model, and is no framework of its own. */
const WRAPPERS = new Set(['python_function']);

/** The first flavor that is a framework; `python_function` alone is a model in plain Python. */
export function frameworkOf(flavors: string[]): string | null {
  return flavors.find(flavor => !WRAPPERS.has(flavor)) ?? null;
}

const historySchema = z.array(
  z.object({
    artifact_path: z.string().optional(),
    flavors: z.record(z.string(), z.unknown()),
  }),
);

/**
 * The framework by what MLflow 2 notes at a run of the models logged in it: of the model whose files the version has,
 * or of the only one.
 */
export function frameworkOfHistory(
  runTags: Record<string, string>,
  origin: string | null,
): string | null {
  const history = historySchema.safeParse(
    parseJson(runTags['mlflow.log-model.history']),
  );
  if (!history.success) {
    return null;
  }
  const models = history.data;
  const own = models.filter(
    model => model.artifact_path && origin?.endsWith(`/${model.artifact_path}`),
  );
  const model = own.at(-1) ?? (models.length === 1 ? models[0] : undefined);
  return model ? frameworkOf(Object.keys(model.flavors)) : null;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}
