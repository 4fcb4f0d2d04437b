import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { cardVersion } from '@modelport/plugin-modelport-common';
import { EmptyState } from '../components/EmptyState';
import { TableSkeleton } from '../components/TableSkeleton';
import { ModelMissing } from '../models/ModelMissing';
import { useModelOfEntity, useNamedModel } from '../models/useModelOfEntity';
import { cardTranslationRef } from './messages';
import { CardPage } from './CardPage';
import { useCardView } from './useCardView';

/** The tab "Card" of a model's entity: the card of the version in production, or of the latest, or of a chosen one. */
export function CardContent() {
  const named = useNamedModel();
  const { value, error, retry } = useModelOfEntity();
  const view = useCardView();
  const { t } = useTranslationRef(cardTranslationRef);
  if (!value) {
    return error ? (
      <ModelMissing error={error} retry={retry} name={named?.name ?? ''} />
    ) : (
      <TableSkeleton rows={6} />
    );
  }
  const version = view.version ?? cardVersion(value)?.version;
  if (version === undefined) {
    return (
      <EmptyState title={t('noVersions.title')} text={t('noVersions.text')} />
    );
  }
  return <CardPage model={value} version={version} />;
}
