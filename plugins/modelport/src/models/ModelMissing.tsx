import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { EmptyState } from '../components/EmptyState';
import { FailedState, statusOf } from '../components/FailedState';
import { sourcesRouteRef } from '../routes';
import { LinkButton } from '../components/LinkButton';
import { modelTranslationRef } from './messages';

/** Says why an entity's model cannot be shown: no source lists it, or it could not be loaded. */
export function ModelMissing(props: {
  error: Error;
  retry: () => void;
  name: string;
}) {
  const { error, retry, name } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const sourcesPath = useRouteRef(sourcesRouteRef)?.();
  const isMissing = statusOf(error) === 404 || error.name === 'NotFoundError';
  if (!isMissing) {
    return <FailedState error={error} retry={retry} />;
  }
  return (
    <EmptyState
      title={t('overview.missing.title')}
      text={`${t('overview.missing.named', { name })} ${t(
        'overview.missing.text',
      )}`}
    >
      {sourcesPath && (
        <LinkButton variant="outlined" to={sourcesPath}>
          {t('overview.missing.sources')}
        </LinkButton>
      )}
    </EmptyState>
  );
}
