/**
 * The people of the Modelport demo, for development only.
 *
 * @packageDocumentation
 */

export { authModuleModelportDemo as default } from './module';
