import { InputError } from '@backstage/errors';

const MOST_CHARACTERS = 40;
const SLUG = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

const PYTHON_KEYWORDS = new Set(
  (
    'and as assert async await break case class continue def del elif else except false finally for from global if ' +
    'import in is lambda match none nonlocal not or pass raise return true try type while with'
  ).split(' '),
);

/** Modules that a generated repository imports, or that Python finds before its own package. */
const TAKEN_MODULES = new Set(
  (
    'argparse ast asyncio base64 bisect calendar code codecs collections copy csv dataclasses datetime decimal ' +
    'email enum fairlearn fastapi functools hashlib hmac http inspect io itertools json keras keyword lightgbm logging ' +
    'math mlflow mypy numbers numpy operator optuna os pandas pandera pathlib pickle pip platform prometheus_client ' +
    'pyarrow pydantic pytest queue random re ruff scipy secrets select setuptools shap shutil signal site skops socket ' +
    'sqlite3 ssl starlette statistics string struct subprocess sys tempfile tensorflow test tests threading time ' +
    'tomllib torch types typing unittest urllib uuid uv uvicorn venv warnings wheel xgboost xml yaml zipfile'
  ).split(' '),
);

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
  if (TAKEN_MODULES.has(module)) {
    return 'is the name of a Python module that the repository imports; add a word, such as the domain';
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
