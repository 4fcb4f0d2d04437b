import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Version } from '@modelport/plugin-modelport-common';
import BackIcon from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { Helmet } from 'react-helmet';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { EvidenceSection } from '../evidence/EvidenceSection';
import { SafeMarkdown } from '../components/SafeMarkdown';
import { Nothing, Section } from '../components/Section';
import { StaleChip } from '../components/StaleChip';
import { LinkButton } from '../components/LinkButton';
import { RequestButton } from '../promotions/RequestButton';
import { versionTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { AliasChips } from './AliasChips';
import { ArtefactsSection } from './ArtefactsSection';
import { DatasetsSection } from './DatasetsSection';
import { DecisionSection } from './DecisionSection';
import { LoadSection } from './LoadSection';
import { MeasurementsSection } from './MeasurementsSection';
import { PairsSection } from './PairsSection';
import { SignatureSection } from './SignatureSection';
import { useVersionPaths } from './useVersionPaths';
import { VersionFacts } from './VersionFacts';

/** Everything that is known of one version, at its own address. */
export function VersionPage(props: { id: ModelId; version: string }) {
  const { id, version } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const api = useApi(modelportApiRef);
  const paths = useVersionPaths();
  const { value, error, retry } = useLoad(JSON.stringify([id, version]), () =>
    api.getVersion(id, version),
  );
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
      <Helmet title={t('page.browserTitle', { version })} />
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}
      >
        <LinkButton size="small" to={paths.list} startIcon={<BackIcon />}>
          {t('page.back')}
        </LinkButton>
        <Typography
          variant="h5"
          component="h2"
          sx={{ mb: 0, overflowWrap: 'anywhere' }}
        >
          {t('page.title', { version })}
        </Typography>
        {value && <AliasChips aliases={value.aliases} />}
        {value?.stale && <StaleChip syncedAt={value.syncedAt} />}
        {value && <RequestButton id={id} version={version} />}
      </Box>
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {!value && !error && (
        <Box role="status" aria-label={tComponent('loading')}>
          <Skeleton variant="rectangular" height={160} sx={{ mb: 2 }} />
          <Skeleton variant="rectangular" height={400} />
        </Box>
      )}
      {value && <Loaded id={id} version={value} />}
    </Box>
  );
}

function Loaded(props: { id: ModelId; version: Version }) {
  const { id, version } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  return (
    <>
      <VersionFacts version={version} />
      <Section title={t('page.description.title')}>
        {version.description ? (
          <SafeMarkdown content={version.description} />
        ) : (
          <Nothing>{t('page.description.empty')}</Nothing>
        )}
      </Section>
      <LoadSection version={version} />
      <MeasurementsSection id={id} version={version} />
      {version.decision && <DecisionSection decision={version.decision} />}
      <PairsSection
        kind="params"
        version={version.version}
        pairs={version.params}
      />
      <DatasetsSection version={version} />
      <SignatureSection version={version} />
      <PairsSection
        kind="tags"
        version={version.version}
        pairs={version.tags}
      />
      {Object.keys(version.runTags).length > 0 && (
        <PairsSection
          kind="runTags"
          version={version.version}
          pairs={version.runTags}
        />
      )}
      <ArtefactsSection id={id} version={version.version} />
      <EvidenceSection id={id} version={version.version} />
    </>
  );
}
