import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { modelportSourcesSyncPermission } from '@modelport/plugin-modelport-common';
import BackIcon from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { Page } from '../components/Page';
import { CodeLine } from '../components/CodeLine';
import { EmptyState } from '../components/EmptyState';
import { FailedState } from '../components/FailedState';
import { WhoMay } from '../components/WhoMay';
import { modelsRouteRef } from '../routes';
import { LinkButton } from '../components/LinkButton';
import { sourceTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { SourceSection } from './SourceSection';
import { useSources } from './useSources';

const START_WITH_MLFLOW =
  'MLFLOW_TRACKING_URI=http://your-mlflow:5000 npm start';

/** Every source with its last pass, its errors, and the way to read it again. */
export function SourcesPage() {
  const { t } = useTranslationRef(sourceTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const modelsPath = useRouteRef(modelsRouteRef)?.();
  const { sources, sync } = useSources();
  const { allowed, loading } = usePermission({
    permission: modelportSourcesSyncPermission,
  });
  const { value, error, retry } = sources;
  return (
    <Page page="sources">
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, pb: 3 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          <Typography color="text.secondary" sx={{ flexGrow: 1 }}>
            {t('intro')}
          </Typography>
          {modelsPath && (
            <LinkButton size="small" to={modelsPath} startIcon={<BackIcon />}>
              {t('toModels')}
            </LinkButton>
          )}
        </Box>
        {!allowed && !loading && (
          <WhoMay
            what={t('mayNotSync')}
            permission={modelportSourcesSyncPermission}
            groups="adminGroups"
          />
        )}
        {error && (
          <FailedState error={error} retry={retry} hasOldData={!!value} />
        )}
        {!value && !error && (
          <Box role="status" aria-label={tComponent('loading')}>
            <Skeleton variant="rectangular" height={190} sx={{ mb: 2 }} />
            <Skeleton variant="rectangular" height={190} />
          </Box>
        )}
        {value?.length === 0 && (
          <EmptyState title={t('empty.title')} text={t('empty.text')}>
            <CodeLine code={START_WITH_MLFLOW} />
          </EmptyState>
        )}
        {value?.map(source => (
          <SourceSection
            key={source.id}
            source={source}
            sync={
              allowed
                ? acceptRetirement => sync(source.id, acceptRetirement)
                : undefined
            }
          />
        ))}
      </Box>
    </Page>
  );
}
