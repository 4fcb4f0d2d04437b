/**
 * The registry of models inside Backstage: synchronisation, store and API.
 *
 * @packageDocumentation
 */

export { modelportPlugin as default } from './plugin';
export {
  modelPermissionResourceRef,
  modelPermissionRules,
} from './models/permissionRules';
