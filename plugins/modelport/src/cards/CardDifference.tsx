import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card } from '@modelport/plugin-modelport-common';
import isEqual from 'lodash/isEqual';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { LongText } from '../components/LongText';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { DifferenceTable } from './DifferenceTable';
import { cardTranslationRef } from './messages';
import { ownLines, plainLines } from './plainText';
import { useFieldName } from './useFieldName';

/** What the cards of two versions say differently, field by field. */
export function CardDifference(props: {
  id: ModelId;
  version: string;
  card: Card;
  baseline: string;
}) {
  const { id, version, card, baseline } = props;
  const { t } = useTranslationRef(cardTranslationRef);
  const api = useApi(modelportApiRef);
  const fieldName = useFieldName();
  const { value, error, retry } = useLoad(JSON.stringify([id, baseline]), () =>
    api.getCard(id, baseline),
  );
  const paths = value ? differingPaths(value, card) : [];
  const cell = (of: Card, other: Card, path: string) =>
    of.fields[path] ? (
      <LongText
        text={ownLines(of.fields[path].value, other.fields[path]?.value).join(
          '\n',
        )}
      />
    ) : (
      t('difference.absent')
    );
  const change = (before: Card, path: string) => {
    if (!before.fields[path]) {
      return t('difference.added');
    }
    return card.fields[path]
      ? t('difference.changed')
      : t('difference.removed');
  };
  return (
    <Section title={t('difference.title', { version, baseline })}>
      {error && <FailedState error={error} retry={retry} />}
      {!value && !error && <TableSkeleton rows={4} />}
      {value && paths.length === 0 && <Nothing>{t('difference.same')}</Nothing>}
      {value && paths.length > 0 && (
        <DifferenceTable
          caption={t('difference.table', { version, baseline })}
          baseline={baseline}
          version={version}
          rows={paths.map(path => ({
            path,
            field: fieldName(path),
            change: change(value, path),
            before: cell(value, card, path),
            after: cell(card, value, path),
          }))}
        />
      )}
    </Section>
  );
}

function differingPaths(before: Card, after: Card): string[] {
  return [
    ...new Set([...Object.keys(after.fields), ...Object.keys(before.fields)]),
  ].filter(
    path =>
      !isEqual(
        plainLines(before.fields[path]?.value).sort(),
        plainLines(after.fields[path]?.value).sort(),
      ),
  );
}
