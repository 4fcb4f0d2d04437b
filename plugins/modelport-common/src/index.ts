/**
 * Types, API client, permissions and pure functions shared by every Modelport package.
 *
 * @packageDocumentation
 */

export * from './schema/openapi';
export * from './cards';
export * from './client/createModelportClient';
export * from './evidence/evidenceKinds';
export * from './models/annotations';
export * from './models/figures';
export * from './models/metricDirection';
export * from './models/tasks';
export * from './models/resource';
export * from './permissions';
