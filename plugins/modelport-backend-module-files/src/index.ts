/**
 * Model folders in a directory or a repository as sources of Modelport.
 *
 * @packageDocumentation
 */

export { modelportModuleFiles as default } from './module';
