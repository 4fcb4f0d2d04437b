/**
 * Models of Modelport as Backstage catalog entities.
 *
 * @packageDocumentation
 */

export { catalogModuleModelport as default } from './module';
