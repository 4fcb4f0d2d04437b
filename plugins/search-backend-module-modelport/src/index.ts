/**
 * Models of Modelport in Backstage search.
 *
 * @packageDocumentation
 */

export { searchModuleModelport as default } from './module';
