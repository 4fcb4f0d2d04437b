import {
  useApi,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { AlertState } from '@modelport/plugin-modelport-common';
import BackIcon from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useSearchParams } from 'react-router-dom';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Page } from '../components/Page';
import { EmptyState } from '../components/EmptyState';
import { FailedState } from '../components/FailedState';
import { LinkButton } from '../components/LinkButton';
import { Section } from '../components/Section';
import { modelsRouteRef } from '../routes';
import { monitoringTranslationRef } from './messages';
import { sourceTranslationRef } from '../sources/messages';
import { componentTranslationRef } from '../components/messages';
import { AlertItem } from './AlertItem';

const STATES: readonly AlertState[] = ['open', 'acknowledged', 'closed'];
const PAGE = 50;

/** The alerts on every model that the reader may see, by their state, which the address holds. */
export function AlertsPage() {
  const { t } = useTranslationRef(monitoringTranslationRef);
  const { t: tSource } = useTranslationRef(sourceTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const api = useApi(modelportApiRef);
  const modelsPath = useRouteRef(modelsRouteRef)?.();
  const entityPath = useEntityRefLink();
  const [params, setParams] = useSearchParams();
  const state = STATES.find(known => known === params.get('state')) ?? 'open';
  const cursor = params.get('cursor') ?? undefined;
  const { value, error, retry } = useLoad(JSON.stringify([state, cursor]), () =>
    api.listAlerts({ state, limit: PAGE, ...(cursor && { cursor }) }),
  );
  const next = value?.nextCursor;
  return (
    <Page page="alerts">
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, pb: 3 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          {STATES.map(one => (
            <Button
              key={one}
              size="small"
              variant={one === state ? 'contained' : 'outlined'}
              aria-pressed={one === state}
              onClick={() => setParams(one === 'open' ? {} : { state: one })}
            >
              {t(`alerts.state.${one}`)}
            </Button>
          ))}
          <Typography
            color="text.secondary"
            sx={{ flexGrow: 1, alignSelf: 'center' }}
          >
            {value && t('alerts.count', { count: value.totalItems })}
          </Typography>
          {modelsPath && (
            <LinkButton size="small" to={modelsPath} startIcon={<BackIcon />}>
              {tSource('toModels')}
            </LinkButton>
          )}
        </Box>
        {error && (
          <FailedState error={error} retry={retry} hasOldData={!!value} />
        )}
        {!value && !error && (
          <Box role="status" aria-label={tComponent('loading')}>
            <Skeleton variant="rectangular" height={140} sx={{ mb: 2 }} />
            <Skeleton variant="rectangular" height={140} />
          </Box>
        )}
        {value?.items.length === 0 && (
          <EmptyState
            title={t('alerts.empty.title')}
            text={t('alerts.empty.text')}
          />
        )}
        {value?.items.map(alert => (
          <Section
            key={alert.id}
            title={alert.name}
            actions={
              <LinkButton
                size="small"
                to={`${entityPath(alert.entityRef)}/monitoring`}
              >
                {t('health.open')}
              </LinkButton>
            }
          >
            <AlertItem alert={alert} onChanged={retry} />
          </Section>
        ))}
        {next && (
          <Box>
            <Button
              onClick={() =>
                setParams({
                  ...(state === 'open' ? {} : { state }),
                  cursor: next,
                })
              }
            >
              {t('alerts.older')}
            </Button>
          </Box>
        )}
      </Box>
    </Page>
  );
}
