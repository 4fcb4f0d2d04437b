import { z } from 'zod';
import { RepositoryFiles } from './checkRepository';
import { TEMPLATE_RECORD } from './templateVersion';
import { yamlDocuments } from './yamlDocuments';

const record = z.looseObject({
  template: z.string().max(200),
  version: z.string().max(50),
});

/**
 * From which template, and which version of it, a repository says that it came; undefined where it says neither.
 *
 * @public
 */
export function readTemplateRecord(
  files: RepositoryFiles,
): { template: string; version: string } | undefined {
  const text = files.get(TEMPLATE_RECORD);
  const [first] = typeof text === 'string' ? yamlDocuments(text) ?? [] : [];
  const { data } = record.safeParse(first);
  return data && { template: data.template, version: data.version };
}
