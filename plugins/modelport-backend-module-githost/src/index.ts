/**
 * A git host for the demo of Modelport, for development only.
 *
 * @packageDocumentation
 */

export { modelportGithost as default } from './module';
