import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { cardVersion, Model } from '@modelport/plugin-modelport-common';
import { ReactNode } from 'react';
import { Age } from '../components/Age';
import { Breakable } from '../components/Breakable';
import { Quiet, QuietLine } from '../components/Quiet';
import { formatShare } from '../components/formatFigure';
import { componentTranslationRef } from '../components/messages';
import { modelTranslationRef } from './messages';
import { DriftText } from './DriftText';
import { MainMetricCell } from './MainMetricCell';
import { SortField } from './modelsView';
import { NameCell, Star } from './NameCell';
import { OwnerText } from './OwnerText';
import { RiskTierText } from './RiskTierText';
import { SinceText } from './SinceText';
import { PRODUCTION } from './useModels';

/** Names of the table's columns, in their order. */
export const COLUMNS = [
  'name',
  'owner',
  'task',
  'framework',
  'source',
  'production',
  'mainMetric',
  'drift',
  'card',
  'riskTier',
  'versions',
  'created',
  'updated',
] as const;

/** A column of the table. */
export type ColumnName = (typeof COLUMNS)[number];

/** The columns that a reader meets first. */
export const DEFAULT_COLUMNS: readonly ColumnName[] = [
  'name',
  'owner',
  'task',
  'production',
  'mainMetric',
  'drift',
  'card',
  'riskTier',
  'updated',
];

/** How the API calls the order by a column. */
export const SORT_OF_COLUMN: Partial<Record<ColumnName, SortField>> = {
  name: 'name',
  owner: 'owner',
  task: 'task',
  mainMetric: 'mainMetric',
  drift: 'drift',
  card: 'cardCompleteness',
  riskTier: 'riskTier',
  versions: 'versionCount',
  created: 'createdAt',
  updated: 'updatedAt',
};

const PRODUCTION_VERSION = { minWidth: 100, overflowWrap: 'anywhere' } as const;

const CELLS: Record<
  ColumnName,
  (props: { model: Model; star: Star }) => ReactNode
> = {
  name: NameCell,
  owner: OwnerText,
  task: ({ model }) => <Absent value={model.task} />,
  framework: ({ model }) => <Absent value={model.framework} />,
  source: ({ model }) => model.source,
  production: ProductionCell,
  mainMetric: MainMetricCell,
  drift: ({ model }) => <DriftText drift={model.drift} />,
  card: CardCell,
  riskTier: RiskTierText,
  versions: ({ model }) => model.versionCount.toLocaleString('en'),
  created: ({ model }) => <MaybeAge time={model.createdAt} />,
  updated: ({ model }) => <MaybeAge time={model.updatedAt} />,
};

/** What stands in a column for a model. */
export function ModelCell(props: {
  column: ColumnName;
  model: Model;
  star: Star;
}) {
  const Cell = CELLS[props.column];
  return <Cell model={props.model} star={props.star} />;
}

function Absent(props: { value: string | null }) {
  const { t } = useTranslationRef(componentTranslationRef);
  return props.value === null ? (
    <Quiet>{t('figure.unknown')}</Quiet>
  ) : (
    <>{props.value}</>
  );
}

function MaybeAge(props: { time: string | null }) {
  return props.time ? <Age time={props.time} /> : <Absent value={null} />;
}

function CardCell({ model }: { model: Model }) {
  const { t } = useTranslationRef(modelTranslationRef);
  const of = cardVersion(model);
  return (
    <>
      {model.cardCompleteness === null ? (
        <Quiet>{t('table.noCard')}</Quiet>
      ) : (
        formatShare(model.cardCompleteness)
      )}
      {of && (
        <QuietLine>
          <Breakable text={t('table.version', { version: of.version })} />
        </QuietLine>
      )}
    </>
  );
}

function ProductionCell(props: { model: Model }) {
  return <ProductionText environments={props.model.environments} />;
}

function ProductionText(props: Pick<Model, 'environments'>) {
  const { t } = useTranslationRef(modelTranslationRef);
  const inProduction = props.environments.filter(
    ({ environment }) => environment === PRODUCTION,
  );
  if (inProduction.length === 0) {
    return <Quiet>{t('table.notInProduction')}</Quiet>;
  }
  return (
    <>
      {inProduction.map(({ version, share, since }) => (
        <div key={version} style={PRODUCTION_VERSION}>
          {t('table.version', { version })}
          {share !== null && share < 1 && ` (${formatShare(share)})`}
          <QuietLine>
            <SinceText since={since} />
          </QuietLine>
        </div>
      ))}
    </>
  );
}
