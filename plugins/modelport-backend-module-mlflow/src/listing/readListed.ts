import { SourceProblem } from '@modelport/plugin-modelport-node';
import { z } from 'zod';
import { UnreadableItemError } from '../client/errors';
import { oneLine } from '../client/oneLine';
import { readItem } from './readItem';

const modelNameSchema = z.object({ name: z.string().min(1) });
const versionNumberSchema = z.object({
  version: z.union([z.string().min(1), z.number()]),
});

/** The name of a listed model or of a version's model, also where the rest of it can't be read. */
export function nameOf(raw: unknown): string | undefined {
  return modelNameSchema.safeParse(raw).data?.name;
}

/** What a listed model or version is called, unless it can't be told from others. */
export function keyOf(raw: unknown): string | undefined {
  const name = nameOf(raw);
  return name === undefined
    ? undefined
    : JSON.stringify([name, versionOf(raw)]);
}

/**
 * Checks the items of a page one by one, so that a bad one costs no other.
 *
 * @param where - the list, for items that have no name
 */
export function readListed<T>(
  where: string,
  schema: z.ZodType<T>,
  page: unknown[],
): { items: T[]; problems: SourceProblem[] } {
  const items: T[] = [];
  const problems: SourceProblem[] = [];
  for (const [index, raw] of page.entries()) {
    try {
      items.push(readItem(schema, raw));
    } catch (error) {
      if (!(error instanceof UnreadableItemError)) {
        throw error;
      }
      const name = nameOf(raw);
      problems.push({
        where: whereIs(raw) ?? `${where}, item ${index + 1} of its page`,
        ...(name === undefined
          ? {
              message: `${error.message} It may be any model: as long as it is so, nothing of this source is retired.`,
            }
          : {
              message: `${error.message} What was read of it before stays; nothing else is affected.`,
              model: storable(name),
            }),
      });
    }
  }
  return { items, problems };
}

function whereIs(raw: unknown): string | undefined {
  const name = nameOf(raw);
  const version = versionOf(raw);
  if (name === undefined) {
    return undefined;
  }
  const model = `model "${oneLine(name, 80)}"`;
  return version === undefined
    ? model
    : `${model}, version "${oneLine(version, 80)}"`;
}

function versionOf(raw: unknown): string | undefined {
  const version = versionNumberSchema.safeParse(raw).data?.version;
  return version === undefined ? undefined : String(version);
}

/** No model has a name that a database can't keep; it is looked for by what can be. */
function storable(name: string): string {
  return name.replace(/[\0\p{Cs}]/gu, '\uFFFD');
}
