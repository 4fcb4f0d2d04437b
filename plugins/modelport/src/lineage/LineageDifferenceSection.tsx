import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { LineageGraph, LineageNode } from '@modelport/plugin-modelport-common';
import { ReactNode } from 'react';
import { ValueTable } from '../cards/ValueTable';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { isUnread } from './isUnread';
import { lineageTranslationRef } from './messages';

/** The most steps that are looked back. */
const DEPTH = 20;

/** What a version was made from and an earlier one was not. */
export function LineageDifferenceSection(props: {
  id: ModelId;
  baseline: string;
  version: string;
  actions?: ReactNode;
}) {
  const { id, baseline, version, actions } = props;
  const { t } = useTranslationRef(lineageTranslationRef);
  const api = useApi(modelportApiRef);
  const { value, error, retry } = useLoad(
    JSON.stringify([id, baseline, version]),
    async () => {
      const [difference, ...graphs] = await Promise.all([
        api.getLineageDifference(id, { before: baseline, after: version }),
        ...[baseline, version].map(of =>
          api.getLineage(id, {
            version: of,
            direction: 'upstream',
            depth: DEPTH,
          }),
        ),
      ]);
      return {
        ...difference,
        unread: [baseline, version].filter((_, i) => isUnread(graphs[i])),
        same: whatIsKnown(graphs),
      };
    },
  );
  const isRead = value?.unread.length === 0;
  const state = (node: LineageNode | null) =>
    node ? node.version ?? t('difference.there') : '–';
  return (
    <Section
      title={t('difference.title', { version, baseline })}
      actions={actions}
    >
      {error && <FailedState error={error} retry={retry} />}
      {!value && !error && <TableSkeleton rows={4} />}
      {value?.unread.map(of => (
        <Nothing key={of}>{t('difference.reading', { version: of })}</Nothing>
      ))}
      {value && isRead && value.items.length === 0 && (
        <Nothing>{t(`difference.same.${value.same}`)}</Nothing>
      )}
      {value && isRead && value.items.length > 0 && (
        <ValueTable
          caption={t('difference.title', { version, baseline })}
          head={[
            t('table.kind'),
            t('table.name'),
            t('difference.change'),
            t('difference.in', { version: baseline }),
            t('difference.in', { version }),
          ]}
          rows={value.items.map(item => [
            item.evaluated
              ? t('evaluatedKind', { kind: t(`kinds.${item.kind}`) })
              : t(`kinds.${item.kind}`),
            item.name,
            t(`difference.${item.change}`),
            state(item.from),
            state(item.to),
          ])}
        />
      )}
      {value && isRead && (value.items.length > 0 || value.unchanged > 0) && (
        <Nothing>
          {t('difference.unchanged', { count: value.unchanged })}
          {value.truncated && ` ${t('truncated')}`}
        </Nothing>
      )}
    </Section>
  );
}

/** What is recorded of versions of which nothing differs. */
function whatIsKnown(graphs: LineageGraph[]) {
  const kinds = new Set(
    graphs.flatMap(({ nodes }) => nodes.map(({ kind }) => kind)),
  );
  if (kinds.has('dataset')) {
    return kinds.has('code') ? ('both' as const) : ('data' as const);
  }
  return kinds.has('code') ? ('code' as const) : ('none' as const);
}
