import { SourceModel, SourceVersion } from '@modelport/plugin-modelport-node';
import { ModelVersion, RegisteredModel } from '../answers';
import { MlflowLinks } from '../links';

/** MLflow keeps prompts in the same tables as models. */
export function isPrompt(item: { tags: Record<string, string> }): boolean {
  return (
    item.tags['mlflow.prompt.is_prompt'] === 'true' ||
    Object.hasOwn(item.tags, 'mlflow.prompt.text')
  );
}

export function mapModel(
  model: RegisteredModel,
  links: MlflowLinks,
): SourceModel {
  return {
    name: model.name,
    description: model.description || null,
    tags: model.tags,
    aliases: model.aliases,
    createdAt: model.creation_timestamp ?? null,
    updatedAt: model.last_updated_timestamp ?? null,
    links: [{ title: 'Model in MLflow', url: links.model(model.name) }],
  };
}

export function mapVersion(version: ModelVersion): SourceVersion {
  const stage = version.current_stage;
  return {
    model: version.name,
    version: version.version,
    description: version.description || null,
    tags: version.tags,
    stage: !stage || stage === 'None' ? null : stage,
    status: version.status || null,
    author: version.user_id || null,
    createdAt: version.creation_timestamp ?? null,
    updatedAt: version.last_updated_timestamp ?? null,
    runId: version.run_id || null,
    origin: version.source || null,
  };
}
