/**
 * For authors of Modelport sources: the interface of a source, the extension point to add it, and the service
 * through which other backend plugins read the registry.
 *
 * @packageDocumentation
 */

export * from './sources/ModelSource';
export * from './sources/TrafficShare';
export * from './sources/VersionCopies';
export * from './sources/extensionPoint';
export * from './sources/readToEnd';
export * from './models/modelportServiceRef';
export * from './evidence/EvidenceReader';
export * from './evidence/extensionPoint';
export * from './promotions/ChangeTickets';
export * from './monitoring/MonitoringEngine';
export * from './monitoring/extensionPoint';
export * from './promotions/PromotionGate';
export * from './promotions/extensionPoint';
export * from './audit/extensionPoint';
