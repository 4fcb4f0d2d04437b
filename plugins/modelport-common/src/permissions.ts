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
 * Pushing evidence of a model's versions. Only services and a model's push tokens use it, whatever a policy says.
 *
 * @public
 */
export const modelportEvidencePushPermission = createPermission({
  name: 'modelport.evidence.push',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_MODEL,
});

/**
 * Making and revoking the push tokens of a model. Only people use it, whatever a policy says.
 *
 * @public
 */
export const modelportEvidenceManageTokensPermission = createPermission({
  name: 'modelport.evidence.manage-tokens',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_MODEL,
});

/**
 * Reading rows of single people in the evidence of a model. Only people use it, whatever a policy says.
 *
 * @public
 */
export const modelportEvidenceReadRowsPermission = createPermission({
  name: 'modelport.evidence.read-rows',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_MODEL,
});

/**
 * Erasing what is kept of a person in the evidence of a model. Only people use it, whatever a policy says.
 *
 * @public
 */
export const modelportEvidenceEraseRowsPermission = createPermission({
  name: 'modelport.evidence.erase-rows',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_MODEL,
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
  modelportEvidencePushPermission,
  modelportEvidenceManageTokensPermission,
  modelportEvidenceReadRowsPermission,
  modelportEvidenceEraseRowsPermission,
];
