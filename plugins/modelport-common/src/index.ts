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
export * from './statistics/brierScore';
export * from './statistics/calibrationBands';
export * from './statistics/delong';
export * from './statistics/groupFairness';
export * from './statistics/Interval';
export * from './statistics/logisticRecalibration';
export * from './statistics/logLoss';
export * from './statistics/midranks';
export * from './statistics/normalDistribution';
export * from './statistics/pairedBootstrap';
export * from './statistics/seededRandom';
export * from './statistics/shareDifference';
export * from './statistics/wilsonInterval';
