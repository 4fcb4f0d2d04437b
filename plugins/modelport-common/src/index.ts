/**
 * Types, API client, permissions and pure functions shared by every Modelport package.
 *
 * @packageDocumentation
 */

export * from './schema/openapi';
export * from './cards';
export * from './client/createModelportClient';
export * from './evidence/evidenceBodies';
export * from './evidence/evidenceKinds';
export * from './explanations';
export * from './lineage/lineageOrigins';
export * from './models/annotations';
export * from './models/figures';
export * from './models/metricDirection';
export * from './models/plainMarkdown';
export * from './models/tasks';
export * from './models/resource';
export * from './monitoring/driftOfProfiles';
export * from './monitoring/findingsOfProfiles';
export * from './monitoring/mergeColumnCounts';
export * from './monitoring/monitorDefinition';
export * from './monitoring/monitoringBodies';
export * from './permissions';
export * from './repositories';
export * from './scaffolder/modelName';
export * from './statistics/binCounts';
export * from './statistics/binnedDistances';
export * from './statistics/brierScore';
export * from './statistics/calibrationBands';
export * from './statistics/chiSquareContingency';
export * from './statistics/chiSquareFit';
export * from './statistics/chiSquareSurvival';
export * from './statistics/columnProfile';
export * from './statistics/delong';
export type { DriftConvention, DriftFigures } from './statistics/driftFigures';
export type { Category } from './statistics/driftSample';
export * from './statistics/driftStatistics';
export * from './statistics/groupFairness';
export * from './statistics/hellingerDistance';
export * from './statistics/histogramEdges';
export * from './statistics/Interval';
export * from './statistics/jensenShannonDistance';
export * from './statistics/kolmogorovSmirnov';
export * from './statistics/kolmogorovSmirnovPValue';
export * from './statistics/kolmogorovSurvival';
export * from './statistics/largestDifference';
export * from './statistics/logGamma';
export * from './statistics/logisticRecalibration';
export * from './statistics/logLoss';
export * from './statistics/mergeColumnProfiles';
export * from './statistics/midranks';
export * from './statistics/noiseFloor';
export * from './statistics/normalDistribution';
export * from './statistics/pairedBootstrap';
export * from './statistics/pairedRatio';
export * from './statistics/populationStabilityIndex';
export * from './statistics/quantileEdges';
export * from './statistics/scoreGroups';
export * from './statistics/seededRandom';
export * from './statistics/shareDifference';
export * from './statistics/wassersteinDistance';
export * from './statistics/wassersteinNoise';
export * from './statistics/wilsonInterval';
