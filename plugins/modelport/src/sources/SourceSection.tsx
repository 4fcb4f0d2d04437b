import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Source } from '@modelport/plugin-modelport-common';
import SyncIcon from '@mui/icons-material/Sync';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Age } from '../components/Age';
import { ExternalLink } from '../components/ExternalLink';
import { FactList } from '../components/FactList';
import { messageOf } from '../components/FailedState';
import { Section } from '../components/Section';
import { modelportTranslationRef } from '../translation';
import { SourceErrors } from './SourceErrors';
import { isRetirementRefused, RetirementNotice } from './RetirementNotice';
import { StateText } from './StateText';

/** One source with its last pass. */
export function SourceSection(props: {
  source: Source;
  /** Whether a pass was asked for and has not been seen to run yet. */
  isAsked: boolean;
  /** Left out where the reader may not ask for a pass. */
  sync?: (acceptRetirement?: boolean) => Promise<void>;
}) {
  const { source, isAsked, sync } = props;
  const { t } = useTranslationRef(modelportTranslationRef);
  const [failure, setFailure] = useState<string>();
  const isMoving = isAsked || source.progress !== null;

  const ask = async (acceptRetirement?: boolean) => {
    setFailure(undefined);
    try {
      await sync?.(acceptRetirement);
    } catch (error) {
      setFailure(error instanceof Error ? messageOf(error) : String(error));
    }
  };
  const facts = [
    {
      name: t('sources.lastSuccess'),
      value: source.lastSuccessAt ? (
        <Age time={source.lastSuccessAt} />
      ) : (
        t('sources.never')
      ),
    },
    {
      name: t('sources.lastPass'),
      value: source.lastPassAt ? (
        <Age time={source.lastPassAt} />
      ) : (
        t('sources.never')
      ),
    },
    { name: t('sources.models'), value: source.models.toLocaleString('en') },
    {
      name: t('sources.versions'),
      value: source.versions.toLocaleString('en'),
    },
    { name: t('sources.kind'), value: source.kind },
    {
      name: t('sources.address'),
      value: source.url ? (
        <ExternalLink url={source.url} title={source.url} />
      ) : (
        '–'
      ),
    },
  ];
  return (
    <Section
      title={source.id}
      actions={
        <>
          <Typography variant="body2" component="span">
            <StateText state={source.state} />
          </Typography>
          {sync && (
            <Button
              size="small"
              variant="outlined"
              startIcon={<SyncIcon />}
              disabled={isMoving}
              onClick={() => ask()}
              aria-label={t('sources.sync.of', { source: source.id })}
            >
              {t('sources.sync.button')}
            </Button>
          )}
        </>
      }
    >
      <Box
        sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}
        data-testid={`source-${source.id}`}
      >
        <FactList facts={facts} />
        <Progress source={source} isAsked={isAsked} />
        {source.state !== 'ok' && !isRetirementRefused(source) && (
          <Alert severity="warning">
            {t(`sources.stateHint.${source.state}`)}
          </Alert>
        )}
        {failure && (
          <Alert severity="error" role="alert">
            {t('sources.sync.failed', { message: failure })}
          </Alert>
        )}
        <RetirementNotice
          source={source}
          accept={sync && !isMoving ? () => ask(true) : undefined}
        />
        <SourceErrors source={source} />
      </Box>
    </Section>
  );
}

function Progress(props: { source: Source; isAsked: boolean }) {
  const { progress } = props.source;
  const { t } = useTranslationRef(modelportTranslationRef);
  if (!progress && !props.isAsked) {
    return null;
  }
  return (
    <Box role="status">
      <LinearProgress sx={{ mb: 0.5 }} />
      <Typography variant="body2">
        {progress
          ? t('sources.sync.running', {
              phase: t(`sources.sync.phase.${progress.phase}`),
              time: new Date(progress.startedAt).toLocaleTimeString(),
              models: progress.models.toLocaleString('en'),
              versions: progress.versions.toLocaleString('en'),
            })
          : t('sources.sync.asked')}
      </Typography>
    </Box>
  );
}
