import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { ReactNode } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { LinkButton } from '../components/LinkButton';
import { Nothing, Section } from '../components/Section';
import { DriftText } from '../models/DriftText';
import { monitoringTranslationRef } from './messages';
import { modelTranslationRef } from '../models/messages';
import { DataLine } from './DataLine';
import { PerformanceLine } from './PerformanceLine';
import { versionInUse } from './versionInUse';

/** One line each for drift, performance and data, and the way to all of it. */
export function HealthSection(props: { model: Model }) {
  const { model } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const { t: tModel } = useTranslationRef(modelTranslationRef);
  const api = useApi(modelportApiRef);
  const entityPath = useEntityRefLink()(model.entityRef);
  const version = versionInUse(model);
  const id = { source: model.source, name: model.name };
  // An extra: without it the section still says how drift stands.
  const { value } = useLoad(
    version === null ? undefined : JSON.stringify([id, version]),
    () =>
      api.getMonitoring(id, version ?? '', {
        parts: ['performance', 'integrity'],
      }),
  );
  const lines: Array<[string, ReactNode]> = [
    ['drift', <DriftText key="drift" drift={model.drift} />],
    ['performance', <PerformanceLine key="performance" monitoring={value} />],
    ['data', <DataLine key="data" monitoring={value} />],
  ];
  const isEmpty =
    model.drift === 'unknown' &&
    (value?.performance.length ?? 0) === 0 &&
    (value?.integrity.length ?? 0) === 0 &&
    (value?.checked.length ?? 0) === 0;
  return (
    <Section
      title={tModel('overview.health.title')}
      actions={
        version !== null && (
          <LinkButton
            size="small"
            to={`${entityPath}/monitoring?${new URLSearchParams({ version })}`}
          >
            {t('health.open')}
          </LinkButton>
        )
      }
    >
      <Box
        component="dl"
        sx={{
          display: 'grid',
          gridTemplateColumns: 'max-content 1fr',
          columnGap: 2,
          rowGap: 0.5,
          m: 0,
          mb: 1.5,
          typography: 'body2',
        }}
      >
        {lines.map(([name, line]) => (
          <Box key={name} sx={{ display: 'contents' }}>
            <Box component="dt">
              {tModel(
                `overview.health.${
                  name === 'drift' || name === 'performance' ? name : 'data'
                }`,
              )}
            </Box>
            <Box component="dd" sx={{ m: 0, overflowWrap: 'anywhere' }}>
              {line}
            </Box>
          </Box>
        ))}
      </Box>
      {isEmpty && <Nothing>{tModel('overview.health.noEvidence')}</Nothing>}
    </Section>
  );
}
