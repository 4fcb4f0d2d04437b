import { Model } from '@modelport/plugin-modelport-common';

const MAX_TAGS = 50;
const MAX_TAG_LENGTH = 63;
/** Tags that registries and libraries write for themselves. */
const INTERNAL_KEY = /^(mlflow|modelport|rhdh|sagemaker|aws)[.:]/;

/**
 * The catalog's tags of a model: its task and framework, and the registry's tags as `key` or `key-value`, brought to
 * what the catalog takes. What already stands elsewhere in the entity is left out, and so is what would have to be cut.
 */
export function entityTags(model: Model): string[] {
  const elsewhere = new Set([
    model.ownerTag,
    model.owner,
    model.system,
    model.lifecycle,
    model.task,
    model.framework,
    model.riskTierProposed,
  ]);
  const tags = [model.task, model.framework].map(text => toTag(text ?? ''));
  for (const [key, value] of Object.entries(model.tags)) {
    if (!INTERNAL_KEY.test(key) && !elsewhere.has(value)) {
      tags.push(toTag(isFlag(value) ? key : `${key}-${value}`));
    }
  }
  const valid = tags.filter(
    tag => tag.length > 0 && tag.length <= MAX_TAG_LENGTH,
  );
  return [...new Set(valid)].slice(0, MAX_TAGS);
}

function isFlag(value: string): boolean {
  return value === '' || value.toLowerCase() === 'true';
}

function toTag(text: string): string {
  return text
    .slice(0, 500)
    .toLowerCase()
    .replace(/[^a-z0-9+#]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
