import { InputError } from '@backstage/errors';
import { modelTitleOf } from '@modelport/plugin-modelport-common';
import { oneLine } from './text';

const MOST_CHARACTERS = 250;
const MOST_ENTITY_CHARACTERS = 63;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What a model that exists is called. */
export interface RegisteredName {
  /** As its registry has it. */
  name: string;
  /** Of its entity in the catalog, which takes letters, digits and `-_.` only. */
  entityName: string;
  title: string;
}

/**
 * Reads the name of a model that a registry has: other than a new one's, it became the name of no package and no
 * repository, so that it need be no slug.
 *
 * @throws `InputError` where no registry would have it, or it has nothing for a name in the catalog
 */
export function readRegisteredName(given: string): RegisteredName {
  const name = given.trim();
  if (
    name.length > MOST_CHARACTERS ||
    oneLine(name) !== name ||
    /[/:]/.test(name)
  ) {
    throw new InputError(
      `name: expected the name that its registry has, on one line, without / and :, at most ${MOST_CHARACTERS} characters`,
    );
  }
  const entityName = name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, MOST_ENTITY_CHARACTERS)
    .replace(/^[-_.]+|[-_.]+$/g, '')
    .replace(/[-_.]{2,}/g, '-')
    .toLowerCase();
  if (entityName === '') {
    throw new InputError(
      'name: expected a letter or a digit of the Latin alphabet in it, for its name in the catalog',
    );
  }
  const title = SLUG.test(name) ? modelTitleOf(name) : name;
  return { name, entityName, title };
}
