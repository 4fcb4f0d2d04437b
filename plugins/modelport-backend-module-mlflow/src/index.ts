/**
 * MLflow 2 and 3 tracking servers as a Modelport source.
 *
 * @packageDocumentation
 */

export { modelportModuleMlflow as default } from './module';
