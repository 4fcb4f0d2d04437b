import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Resource type of a model in the permission framework.
 *
 * @public
 */
export const RESOURCE_TYPE_MODEL = 'modelport-model';

/**
 * Reading a model, its versions and what is known about them.
 *
 * @public
 */
export const modelportModelsReadPermission = createPermission({
  name: 'modelport.models.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_MODEL,
});

/**
 * Confirming the risk tier of a model. Only people use it, whatever a policy says.
 *
 * @public
 */
export const modelportModelsConfirmRiskTierPermission = createPermission({
  name: 'modelport.models.confirm-risk-tier',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_MODEL,
});

/**
 * Reading the list of sources with their passes and errors.
 *
 * @public
 */
export const modelportSourcesReadPermission = createPermission({
  name: 'modelport.sources.read',
  attributes: { action: 'read' },
});

/**
 * Asking for a pass over a source.
 *
 * @public
 */
export const modelportSourcesSyncPermission = createPermission({
  name: 'modelport.sources.sync',
  attributes: { action: 'update' },
});

/**
 * Every permission of Modelport.
 *
 * @public
 */
export const modelportPermissions = [
  modelportModelsReadPermission,
  modelportModelsConfirmRiskTierPermission,
  modelportSourcesReadPermission,
  modelportSourcesSyncPermission,
];
