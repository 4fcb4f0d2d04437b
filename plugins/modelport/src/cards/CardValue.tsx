import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  CardColumn,
  cardBody,
  CardMetric,
  isPlaceholder,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { ReactNode, useState } from 'react';
import { EntityText } from '../components/EntityText';
import { ExternalLink, safeUrl } from '../components/ExternalLink';
import { LongText } from '../components/LongText';
import { SafeMarkdown } from '../components/SafeMarkdown';
import { Nothing } from '../components/Section';
import { formatFigure } from '../components/formatFigure';
import { cardTranslationRef } from './messages';
import { NOT_PRINTED } from './printed';
import { ValueTable } from './ValueTable';

/** Rows of a table that are shown before someone asks for all. */
const FIRST_ROWS = 15;

/** A field's value: text as Markdown, lists, and tables of metrics, columns and settings. Hostile as a stranger's text is. */
export function CardValue(props: { value: unknown; caption: string }) {
  const { value, caption } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  if (isPlaceholder(value)) {
    return <Nothing>{t('value.nothing')}</Nothing>;
  }
  if (typeof value === 'string') {
    return <SafeMarkdown content={value} />;
  }
  const metrics = cardBody.shape.metrics.safeParse(value);
  if (metrics.success && metrics.data) {
    return <MetricsTable metrics={metrics.data} caption={caption} />;
  }
  const columns = cardBody.shape.inputs.safeParse(value);
  if (columns.success && columns.data) {
    return <ColumnsTable columns={columns.data} caption={caption} />;
  }
  if (Array.isArray(value)) {
    return (
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {value.map((item, index) => (
          // Two items may be the same.
          <li key={`${index} ${item}`}>
            <ItemText text={String(item)} />
          </li>
        ))}
      </Box>
    );
  }
  const settings = cardBody.shape.hyperparameters.safeParse(value);
  return (
    <SomeRows rows={Object.entries((settings.success && settings.data) || {})}>
      {(rows, shown) => (
        <ValueTable
          shown={shown}
          caption={caption}
          head={[t('value.name'), t('value.setting')]}
          rows={rows.map(([name, setting]) => [
            name,
            <LongText key={name} text={setting} />,
          ])}
        />
      )}
    </SomeRows>
  );
}

function ItemText(props: { text: string }) {
  return safeUrl(props.text) ? (
    <ExternalLink url={props.text} title={props.text} />
  ) : (
    <EntityText text={props.text} />
  );
}

function MetricsTable(props: { metrics: CardMetric[]; caption: string }) {
  const { t } = useTranslationRef(cardTranslationRef);
  const none = t('value.none');
  return (
    <SomeRows rows={props.metrics}>
      {(rows, shown) => (
        <ValueTable
          shown={shown}
          caption={props.caption}
          head={[
            t('value.metric'),
            t('value.figure'),
            t('value.interval'),
            t('value.dataset'),
            t('value.slice'),
            t('value.rows'),
          ]}
          rows={rows.map(metric => [
            metric.key,
            writtenFigure(metric),
            metric.lower !== null &&
            metric.lower !== undefined &&
            metric.upper !== null &&
            metric.upper !== undefined
              ? `${formatFigure(metric.lower)} – ${formatFigure(metric.upper)}`
              : '',
            metric.dataset ?? none,
            metric.slice ?? '',
            metric.n?.toLocaleString('en') ?? '',
          ])}
        />
      )}
    </SomeRows>
  );
}

/** With as many decimals as its writer gave it, where that is known. */
function writtenFigure({ value, decimals }: CardMetric): string {
  return typeof value === 'number' && decimals
    ? value.toFixed(Math.min(decimals, 12))
    : formatFigure(value);
}

function ColumnsTable(props: { columns: CardColumn[]; caption: string }) {
  const { t } = useTranslationRef(cardTranslationRef);
  return (
    <SomeRows rows={props.columns}>
      {(rows, shown) => (
        <ValueTable
          shown={shown}
          caption={props.caption}
          head={[t('value.name'), t('value.type')]}
          rows={rows.map(({ name, type }) => [
            name ?? t('value.unnamed'),
            type ?? '',
          ])}
        />
      )}
    </SomeRows>
  );
}

/** A table's first rows, all of them on demand, and all on paper. */
function SomeRows<T>(props: {
  rows: T[];
  children: (rows: T[], shown: number) => ReactNode;
}) {
  const { rows, children } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const [all, setAll] = useState(false);
  return (
    <>
      {children(rows, all ? rows.length : FIRST_ROWS)}
      {!all && rows.length > FIRST_ROWS && (
        <Button
          size="small"
          className={NOT_PRINTED}
          onClick={() => setAll(true)}
        >
          {t('value.more', { number: String(rows.length) })}
        </Button>
      )}
    </>
  );
}
