/**
 * Actions and templates that create and update ML repositories.
 *
 * @packageDocumentation
 */

export { scaffolderModuleModelport as default } from './module';
