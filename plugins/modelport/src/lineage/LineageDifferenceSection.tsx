import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { LineageNode } from '@modelport/plugin-modelport-common';
import { ReactNode } from 'react';
import { ValueTable } from '../cards/ValueTable';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { lineageTranslationRef } from './messages';

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
    () => api.getLineageDifference(id, { before: baseline, after: version }),
  );
  const state = (node: LineageNode | null) =>
    node ? node.version ?? t('difference.there') : '–';
  return (
    <Section
      title={t('difference.title', { version, baseline })}
      actions={actions}
    >
      {error && <FailedState error={error} retry={retry} />}
      {!value && !error && <TableSkeleton rows={4} />}
      {value?.items.length === 0 && <Nothing>{t('difference.same')}</Nothing>}
      {value && value.items.length > 0 && (
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
            t(`kinds.${item.kind}`),
            item.name,
            t(`difference.${item.change}`),
            state(item.from),
            state(item.to),
          ])}
        />
      )}
      {value && (
        <Nothing>
          {t('difference.unchanged', { count: value.unchanged })}
          {value.truncated && ` ${t('truncated')}`}
        </Nothing>
      )}
    </Section>
  );
}
