import { modelOfAnnotations } from './annotations';
import { fromFigure, toFigure } from './figures';
import { modelResourceRef, parseModelResourceRef } from './resource';
import { normaliseTask } from './tasks';

describe('modelOfAnnotations', () => {
  it.each([
    [
      { 'modelport.io/source': 's', 'modelport.io/name': 'a/b' },
      { source: 's', name: 'a/b' },
    ],
    [{ 'modelport.io/name': 'a' }, { source: null, name: 'a' }],
    [
      { 'mlflow.org/model-uri': 'models:/risk%20model/3' },
      { source: null, name: 'risk model' },
    ],
    [
      { 'mlflow.org/model-uri': 'models:/risk@champion' },
      { source: null, name: 'risk' },
    ],
    [
      { 'mlflow.org/model-uri': 'models:/%E0%A4%A' },
      { source: null, name: '%E0%A4%A' },
    ],
    [{ 'rhdh.modelcatalog.io/model-name': 'b' }, { source: null, name: 'b' }],
    [{ 'mlflow.org/model-uri': 'runs:/1/model' }, undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('reads %j', (annotations, expected) => {
    expect(modelOfAnnotations(annotations)).toEqual(expected);
  });
});

describe('figures', () => {
  it.each([0, -1.5, NaN, Infinity, -Infinity])('carry %d', value => {
    const carried = JSON.parse(JSON.stringify(toFigure(value)));
    expect(Object.is(fromFigure(carried), value)).toBe(true);
  });
});

describe('normaliseTask', () => {
  it.each([
    ['Binary Classification', 'binary'],
    ['binary_classification', 'binary'],
    ['regression', 'regression'],
    ['Segmentation', 'segmentation'],
    ['constructor', 'constructor'],
  ])('%s is %s', (written, expected) => {
    expect(normaliseTask(written)).toBe(expected);
  });
});

describe('modelResourceRef', () => {
  it('survives any name', () => {
    const model = { source: 'mlflow.team', name: 'a/b %2F😀' };
    expect(parseModelResourceRef(modelResourceRef(model))).toEqual(model);
    expect(parseModelResourceRef('a/b/c')).toBeUndefined();
    expect(parseModelResourceRef('a')).toBeUndefined();
    expect(parseModelResourceRef('a/%E0%A4%A')).toBeUndefined();
  });
});
