import { useRouteRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import BackIcon from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { Model } from '@modelport/plugin-modelport-common';
import { useState } from 'react';
import { LinkButton } from '../components/LinkButton';
import { modelsRouteRef } from '../routes';
import { modelTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { ActivitySection } from './ActivitySection';
import { EnvironmentsSection } from './EnvironmentsSection';
import { CardSection } from '../cards/CardSection';
import { LineageSection } from '../lineage/LineageSection';
import { HealthSection } from '../monitoring/HealthSection';
import { DriversSection } from '../explanations/DriversSection';
import { MetricSection } from './MetricSection';
import { ModelMissing } from './ModelMissing';
import { PurposeSection } from './PurposeSection';
import { RiskTierSection } from './RiskTierSection';
import { useModelOfEntity, useNamedModel } from './useModelOfEntity';

const TWO_COLUMNS = {
  display: 'grid',
  gap: 2,
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))',
  alignItems: 'stretch',
  // No hole beside the last of an odd number.
  '& > :last-child:nth-of-type(odd)': { gridColumn: '1 / -1' },
} as const;

/** What a reader of the model's page should know first. */
export function OverviewCard() {
  const named = useNamedModel();
  const { value, error, retry } = useModelOfEntity();
  const [confirmed, setConfirmed] = useState<Model>();
  const { t } = useTranslationRef(modelTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const modelsPath = useRouteRef(modelsRouteRef)?.();
  if (!value) {
    return error ? (
      <ModelMissing error={error} retry={retry} name={named?.name ?? ''} />
    ) : (
      <Box role="status" aria-label={tComponent('loading')}>
        <Skeleton variant="rectangular" height={220} sx={{ mb: 2 }} />
        <Box sx={TWO_COLUMNS}>
          <Skeleton variant="rectangular" height={180} />
          <Skeleton variant="rectangular" height={180} />
          <Skeleton variant="rectangular" height={180} />
          <Skeleton variant="rectangular" height={180} />
        </Box>
      </Box>
    );
  }
  const isSame =
    confirmed?.source === value.source && confirmed?.name === value.name;
  const model = confirmed && isSame ? confirmed : value;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
      {modelsPath && (
        <Box>
          <LinkButton size="small" to={modelsPath} startIcon={<BackIcon />}>
            {t('overview.back')}
          </LinkButton>
        </Box>
      )}
      <PurposeSection model={model} />
      <Box sx={TWO_COLUMNS}>
        <EnvironmentsSection model={model} />
        <MetricSection model={model} />
        <HealthSection model={model} />
        <RiskTierSection model={model} onConfirmed={setConfirmed} />
        <DriversSection model={model} />
        <CardSection model={model} />
        <LineageSection model={model} />
      </Box>
      <ActivitySection model={model} />
    </Box>
  );
}
