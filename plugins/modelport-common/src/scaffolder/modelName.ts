import { InputError } from '@backstage/errors';
import { isTakenFolder, isTakenModule, PYTHON_KEYWORDS } from './pythonNames';

const MOST_CHARACTERS = 40;
const SLUG = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Names that some system keeps for itself. */
const RESERVED = new Set(
  'con prn aux nul com1 com2 com3 lpt1 lpt2 lpt3 git src latest champion challenger candidate previous'.split(
    ' ',
  ),
);

/**
 * The name of a model's Python package: its name in snake_case.
 *
 * @throws `InputError` where the name can't be the name of a model, a repository and a package at once.
 * @public
 */
export function modelPackageOf(name: string): string {
  const problem = modelNameProblem(name);
  if (problem !== undefined) {
    throw new InputError(`The name '${name.slice(0, 80)}' ${problem}`);
  }
  return name.replace(/-/g, '_');
}

/**
 * Why a new model can't have a name, as the rest of a sentence about it; undefined where it can.
 *
 * @public
 */
export function modelNameProblem(name: string): string | undefined {
  if (name.length > MOST_CHARACTERS) {
    return `has ${name.length} characters; ${MOST_CHARACTERS} are allowed`;
  }
  if (!SLUG.test(name)) {
    return 'has to be lower-case words joined by single hyphens, such as credit-risk, beginning with a letter';
  }
  const module = name.replace(/-/g, '_');
  if (PYTHON_KEYWORDS.has(module)) {
    return 'is a keyword of Python, so no package can have it; add a word, such as the domain';
  }
  if (isTakenModule(module)) {
    return 'is the name of a Python module that is there already; add a word, such as the domain';
  }
  if (isTakenFolder(module)) {
    return 'is the name of a folder or a script of its repository; add a word, such as the domain';
  }
  if (RESERVED.has(name)) {
    return 'is reserved by a system that the model passes through; add a word';
  }
  return undefined;
}

/**
 * A title for people, from a model's name.
 *
 * @public
 */
export function modelTitleOf(name: string): string {
  const words = name.split('-').join(' ');
  return `${words[0].toUpperCase()}${words.slice(1)}`;
}
