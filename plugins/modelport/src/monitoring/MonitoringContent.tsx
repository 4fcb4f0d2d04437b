import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EmptyState } from '../components/EmptyState';
import { TableSkeleton } from '../components/TableSkeleton';
import { ModelMissing } from '../models/ModelMissing';
import { useModelOfEntity, useNamedModel } from '../models/useModelOfEntity';
import { monitoringTranslationRef } from './messages';
import { MonitoringPage } from './MonitoringPage';
import { useMonitoringView } from './useMonitoringView';
import { versionInUse } from './versionInUse';

/** The tab "Monitoring" of a model's entity: of the version in production, or the latest, or a chosen one. */
export function MonitoringContent() {
  const named = useNamedModel();
  const { value, error, retry } = useModelOfEntity();
  const view = useMonitoringView();
  const { t } = useTranslationRef(monitoringTranslationRef);
  if (!value) {
    return error ? (
      <ModelMissing error={error} retry={retry} name={named?.name ?? ''} />
    ) : (
      <TableSkeleton rows={8} />
    );
  }
  const version = view.version ?? versionInUse(value);
  if (version === null) {
    return (
      <EmptyState title={t('noVersions.title')} text={t('noVersions.text')} />
    );
  }
  return <MonitoringPage model={value} version={version} />;
}
