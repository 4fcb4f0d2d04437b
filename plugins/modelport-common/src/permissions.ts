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
 * Telling lineage: OpenLineage events and documents of other tools. Only services use it, whatever a policy says.
 *
 * @public
 */
export const modelportLineageWritePermission = createPermission({
  name: 'modelport.lineage.write',
  attributes: { action: 'create' },
});

/**
 * Attesting what cards of a model say, in one's own name. Only people use it, whatever a policy says.
 *
 * @public
 */
export const modelportCardsAttestPermission = createPermission({
  name: 'modelport.cards.attest',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_MODEL,
});

/**
 * Resource type of a promotion in the permission framework: the model, its risk tier and the environment.
 *
 * @public
 */
export const RESOURCE_TYPE_PROMOTION = 'modelport-promotion';

/**
 * Asking for a version in an environment, and taking that back.
 *
 * @public
 */
export const modelportPromotionsRequestPermission = createPermission({
  name: 'modelport.promotions.request',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_PROMOTION,
});

/**
 * Approving and refusing promotions. Only people use it, whatever a policy says, and nobody on their own work.
 *
 * @public
 */
export const modelportPromotionsDecidePermission = createPermission({
  name: 'modelport.promotions.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_PROMOTION,
});

/**
 * Waiving gates of promotions. Only people use it, whatever a policy says, and nobody on their own work.
 *
 * @public
 */
export const modelportPromotionsWaivePermission = createPermission({
  name: 'modelport.promotions.waive',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_PROMOTION,
});

/**
 * Letting a failed execution of a promotion begin again. Only people use it, whatever a policy says.
 *
 * @public
 */
export const modelportPromotionsExecutePermission = createPermission({
  name: 'modelport.promotions.execute',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_PROMOTION,
});

/**
 * Bringing back what was live before. Only people use it, whatever a policy says.
 *
 * @public
 */
export const modelportPromotionsRollbackPermission = createPermission({
  name: 'modelport.promotions.rollback',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_PROMOTION,
});

/**
 * The permissions on promotions.
 *
 * @public
 */
export const modelportPromotionsPermissions = [
  modelportPromotionsRequestPermission,
  modelportPromotionsDecidePermission,
  modelportPromotionsWaivePermission,
  modelportPromotionsExecutePermission,
  modelportPromotionsRollbackPermission,
];

/**
 * Reading and verifying the audit chain.
 *
 * @public
 */
export const modelportAuditReadPermission = createPermission({
  name: 'modelport.audit.read',
  attributes: { action: 'read' },
});

/**
 * Reading rows of single people in the explanations of a model. Services with it get no values.
 *
 * @public
 */
export const modelportExplanationsReadRowsPermission = createPermission({
  name: 'modelport.explanations.read-rows',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_MODEL,
});

/**
 * Giving the reasons of decisions by a model, which is recorded.
 *
 * @public
 */
export const modelportExplanationsGiveReasonsPermission = createPermission({
  name: 'modelport.explanations.give-reasons',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_MODEL,
});

/**
 * Proposing dictionaries of reason codes. Only people use it, whatever a policy says.
 *
 * @public
 */
export const modelportExplanationsEditDictionaryPermission = createPermission({
  name: 'modelport.explanations.edit-dictionary',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_MODEL,
});

/**
 * Confirming dictionaries of reason codes, and closing what was found by them. Only people use it, whatever a policy
 * says, and nobody on their own work.
 *
 * @public
 */
export const modelportExplanationsConfirmDictionaryPermission =
  createPermission({
    name: 'modelport.explanations.confirm-dictionary',
    attributes: { action: 'update' },
    resourceType: RESOURCE_TYPE_MODEL,
  });

/**
 * Acknowledging and closing alerts on a model. Only people use it, whatever a policy says.
 *
 * @public
 */
export const modelportAlertsAcknowledgePermission = createPermission({
  name: 'modelport.alerts.acknowledge',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_MODEL,
});

/**
 * Declaring what is computed of a model's data, and the rules that open alerts on it. Only people use it, whatever a
 * policy says.
 *
 * @public
 */
export const modelportMonitoringConfigurePermission = createPermission({
  name: 'modelport.monitoring.configure',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_MODEL,
});

/**
 * Every permission of Modelport.
 *
 * @public
 */
export const modelportPermissions = [
  modelportAlertsAcknowledgePermission,
  modelportMonitoringConfigurePermission,
  modelportModelsReadPermission,
  modelportModelsConfirmRiskTierPermission,
  modelportSourcesReadPermission,
  modelportSourcesSyncPermission,
  modelportEvidencePushPermission,
  modelportEvidenceManageTokensPermission,
  modelportEvidenceReadRowsPermission,
  modelportEvidenceEraseRowsPermission,
  modelportLineageWritePermission,
  modelportCardsAttestPermission,
  ...modelportPromotionsPermissions,
  modelportAuditReadPermission,
  modelportExplanationsReadRowsPermission,
  modelportExplanationsGiveReasonsPermission,
  modelportExplanationsEditDictionaryPermission,
  modelportExplanationsConfirmDictionaryPermission,
];
