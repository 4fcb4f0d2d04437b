import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { LineageNode } from '@modelport/plugin-modelport-common';
import { ValueTable } from '../cards/ValueTable';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { modelportTranslationRef } from '../translation';

/** What a version was made from and an earlier one was not. */
export function LineageDifferenceSection(props: {
  id: ModelId;
  baseline: string;
  version: string;
}) {
  const { id, baseline, version } = props;
  const { t } = useTranslationRef(modelportTranslationRef);
  const api = useApi(modelportApiRef);
  const { value, error, retry } = useLoad(
    JSON.stringify([id, baseline, version]),
    () => api.getLineageDifference(id, { before: baseline, after: version }),
  );
  const state = (node: LineageNode | null) =>
    node ? node.version ?? t('lineage.difference.there') : '';
  return (
    <Section title={t('lineage.difference.title', { version, baseline })}>
      {error && <FailedState error={error} retry={retry} />}
      {!value && !error && <TableSkeleton rows={4} />}
      {value?.items.length === 0 && (
        <Nothing>{t('lineage.difference.same')}</Nothing>
      )}
      {value && value.items.length > 0 && (
        <ValueTable
          caption={t('lineage.difference.title', { version, baseline })}
          head={[
            t('lineage.table.kind'),
            t('lineage.table.name'),
            t('lineage.difference.change'),
            t('lineage.difference.in', { version: baseline }),
            t('lineage.difference.in', { version }),
          ]}
          rows={value.items.map(item => [
            t(`lineage.kinds.${item.kind}`),
            item.name,
            t(`lineage.difference.${item.change}`),
            state(item.from),
            state(item.to),
          ])}
        />
      )}
      {value && (
        <Nothing>
          {t('lineage.difference.unchanged', { count: value.unchanged })}
          {value.truncated && ` ${t('lineage.truncated')}`}
        </Nothing>
      )}
    </Section>
  );
}
