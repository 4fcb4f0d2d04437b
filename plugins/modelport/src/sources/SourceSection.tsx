import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Source } from '@modelport/plugin-modelport-common';
import SyncIcon from '@mui/icons-material/Sync';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Age } from '../components/Age';
import { ExternalLink } from '../components/ExternalLink';
import { FactList } from '../components/FactList';
import { messageOf } from '../components/FailedState';
import { Section } from '../components/Section';
import { sourceTranslationRef } from './messages';
import { PassText } from './PassText';
import { SourceErrors } from './SourceErrors';
import { isRetirementRefused, RetirementNotice } from './RetirementNotice';
import { StateText } from './StateText';
import { isMoving } from './useSources';

/** One source with its last pass. */
export function SourceSection(props: {
  source: Source;
  /** Left out where the reader may not ask for a pass. */
  sync?: (acceptRetirement?: boolean) => Promise<void>;
}) {
  const { source, sync } = props;
  const { t } = useTranslationRef(sourceTranslationRef);
  const [failure, setFailure] = useState<string>();
  // One that was asked for and failed may be asked for again.
  const isBusy =
    source.state === 'failing' ? source.progress !== null : isMoving(source);

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
      name: t('lastSuccess'),
      value: source.lastSuccessAt ? (
        <Age time={source.lastSuccessAt} />
      ) : (
        t('never')
      ),
    },
    {
      name: t('lastPass'),
      value: source.lastPassAt ? <Age time={source.lastPassAt} /> : t('never'),
    },
    { name: t('models'), value: source.models.toLocaleString('en') },
    {
      name: t('versions'),
      value: source.versions.toLocaleString('en'),
    },
    { name: t('kind'), value: source.kind },
    {
      name: t('address'),
      value: source.url ? (
        <ExternalLink url={source.url} title={source.url} />
      ) : (
        t('addressUnknown')
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
              disabled={isBusy}
              onClick={() => ask()}
              aria-label={t('sync.of', { source: source.id })}
            >
              {t('sync.button')}
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
        <PassText source={source} />
        {source.state !== 'ok' && !isRetirementRefused(source) && (
          <Alert severity="warning">{t(`stateHint.${source.state}`)}</Alert>
        )}
        {failure && (
          <Alert severity="error" role="alert">
            {t('sync.failed', { message: failure })}
          </Alert>
        )}
        <RetirementNotice
          source={source}
          accept={sync && !isBusy ? () => ask(true) : undefined}
        />
        <SourceErrors source={source} />
      </Box>
    </Section>
  );
}
