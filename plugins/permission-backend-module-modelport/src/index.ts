/**
 * A sample permission policy for Modelport.
 *
 * @packageDocumentation
 */

export { permissionModuleModelport as default } from './module';
