import { cardVersion, Model } from '@modelport/plugin-modelport-common';
import { ModelportApi, ModelsQuery } from '../api/modelportApi';
import { CsvCell } from '../components/csv';
import { PRODUCTION } from './useModels';

const PAGE_SIZE = 500;

const HEADER = [
  'source',
  'name',
  'entityRef',
  'description',
  'owner',
  'ownerTag',
  'system',
  'lifecycle',
  'task',
  'framework',
  'riskTier',
  'riskTierProposed',
  'riskTierConfirmedBy',
  'riskTierConfirmedAt',
  'productionVersion',
  'productionSince',
  'latestVersion',
  'versionCount',
  'mainMetric',
  'mainMetricValue',
  'mainMetricDirection',
  'mainMetricVersion',
  'drift',
  'cardCompleteness',
  'cardVersion',
  'tags',
  'createdAt',
  'updatedAt',
  'syncedAt',
  'stale',
];

/**
 * Reads every model that matches, page by page, as rows of a CSV.
 *
 * @param onProgress - Told after each page how many rows there are; answers whether to go on.
 * @returns Undefined where it was told to stop.
 */
export async function readModelRows(
  api: Pick<ModelportApi, 'listModels'>,
  query: ModelsQuery,
  onProgress: (done: number, all: number) => boolean,
): Promise<CsvCell[][] | undefined> {
  const rows: CsvCell[][] = [HEADER];
  let cursor: string | undefined;
  do {
    const page = await api.listModels({ ...query, limit: PAGE_SIZE, cursor });
    rows.push(...page.items.map(toRow));
    if (!onProgress(rows.length - 1, page.totalItems)) {
      return undefined;
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return rows;
}

function toRow(model: Model): CsvCell[] {
  const production = model.environments.find(
    ({ environment }) => environment === PRODUCTION,
  );
  return [
    model.source,
    model.name,
    model.entityRef,
    model.description,
    model.owner,
    model.ownerTag,
    model.system,
    model.lifecycle,
    model.task,
    model.framework,
    model.riskTier,
    model.riskTierProposed,
    model.riskTierConfirmed?.by,
    model.riskTierConfirmed?.at,
    production?.version,
    production?.since,
    model.latestVersion,
    model.versionCount,
    model.mainMetric?.key,
    model.mainMetric?.value,
    model.mainMetric?.direction,
    model.mainMetric?.version,
    model.drift,
    model.cardCompleteness,
    cardVersion(model)?.version,
    Object.entries(model.tags)
      .map(([key, value]) => `${key}=${value}`)
      .join('; '),
    model.createdAt,
    model.updatedAt,
    model.syncedAt,
    model.stale,
  ];
}
