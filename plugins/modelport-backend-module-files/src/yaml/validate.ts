import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { YamlFile } from './parseYaml';

const SHOWN_ISSUES = 5;

/**
 * Checks a file against its schema; an empty file is one without keys.
 *
 * @throws `InputError` that names the path, the line and what was expected, of the first few faults.
 */
export function validate<T>(file: YamlFile, schema: z.ZodType<T>): T {
  const result = schema.safeParse(file.value ?? {});
  if (result.success) {
    return result.data;
  }
  const { issues } = result.error;
  const shown = issues
    .slice(0, SHOWN_ISSUES)
    .map(issue => describeIssue(issue, file));
  const more = issues.length - shown.length;
  throw new InputError(
    [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; '),
  );
}

function describeIssue(issue: z.core.$ZodIssue, file: YamlFile): string {
  const unknownKey =
    issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = unknownKey ? [...issue.path, unknownKey] : issue.path;
  const line = file.lineOf(path) ?? file.lineOf(path.slice(0, -1));
  const where = path.length > 0 ? `${formatPath(path)}: ` : '';
  const what = unknownKey ? 'there is no such key' : issue.message;
  return `${where}${what}${line === undefined ? '' : ` (line ${line})`}`;
}

function formatPath(path: PropertyKey[]): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') {
        return `[${part}]`;
      }
      const name = String(part);
      if (!/^[\w-]+$/.test(name)) {
        return `[${JSON.stringify(name)}]`;
      }
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}
