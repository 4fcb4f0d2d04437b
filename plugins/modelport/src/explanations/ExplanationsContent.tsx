import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Model } from '@modelport/plugin-modelport-common';
import { EmptyState } from '../components/EmptyState';
import { TableSkeleton } from '../components/TableSkeleton';
import { ModelMissing } from '../models/ModelMissing';
import { useModelOfEntity, useNamedModel } from '../models/useModelOfEntity';
import { explanationTranslationRef } from './messages';
import { ExplanationPage } from './ExplanationPage';
import { useExplanationView } from './useExplanationView';

/** The tab "Explanations" of a model's entity: of the version in production, or the latest, or a chosen one. */
export function ExplanationsContent() {
  const named = useNamedModel();
  const { value, error, retry } = useModelOfEntity();
  const { view } = useExplanationView();
  const { t } = useTranslationRef(explanationTranslationRef);
  if (!value) {
    return error ? (
      <ModelMissing error={error} retry={retry} name={named?.name ?? ''} />
    ) : (
      <TableSkeleton rows={6} />
    );
  }
  const version = view.version ?? explainedVersion(value);
  if (version === null) {
    return (
      <EmptyState title={t('noVersions.title')} text={t('noVersions.text')} />
    );
  }
  return <ExplanationPage key={version} model={value} version={version} />;
}

/** The version whose reasons matter first: the one in production, or else the latest. */
export function explainedVersion(model: Model): string | null {
  const production = model.environments.find(
    ({ environment }) => environment === 'production',
  );
  return production?.version ?? model.latestVersion;
}
