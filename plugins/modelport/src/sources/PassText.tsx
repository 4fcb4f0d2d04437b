import {
  appLanguageApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { EndedPass, Source } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { formatAge } from '../components/formatTime';
import { sourceTranslationRef } from './messages';

/** Where a source's pass stands: asked for, under way, or ended with what it changed. */
export function PassText(props: { source: Source }) {
  const { progress, askedAt, lastPass, state } = props.source;
  const { t } = useTranslationRef(sourceTranslationRef);
  const { language } = useApi(appLanguageApiRef).getLanguage();
  if (progress) {
    return (
      <Box role="status">
        <LinearProgress sx={{ mb: 0.5 }} />
        <Typography variant="body2">
          {t('sync.running', {
            phase: t(`sync.phase.${progress.phase}`),
            time: new Date(progress.startedAt).toLocaleTimeString(language),
            models: progress.models.toLocaleString(language),
            versions: progress.versions.toLocaleString(language),
          })}
        </Typography>
      </Box>
    );
  }
  if (askedAt) {
    const age = formatAge(askedAt, Date.now(), language);
    return (
      <Box role="status">
        {state !== 'failing' && <LinearProgress sx={{ mb: 0.5 }} />}
        <Typography variant="body2">
          {state === 'failing'
            ? t('sync.waits', { age })
            : t('sync.asked', { age })}
        </Typography>
      </Box>
    );
  }
  return lastPass ? <Ended pass={lastPass} /> : null;
}

function Ended(props: { pass: EndedPass }) {
  const { startedAt, endedAt, askedAt, changed } = props.pass;
  const { t } = useTranslationRef(sourceTranslationRef);
  const { language } = useApi(appLanguageApiRef).getLanguage();
  const milliseconds = Date.parse(endedAt) - Date.parse(startedAt);
  let result: string = t('sync.failedPass');
  if (changed) {
    const { models, versions, gone } = changed;
    result =
      models + versions + gone === 0
        ? t('sync.nothing')
        : t('sync.changed', {
            models: models.toLocaleString(language),
            versions: versions.toLocaleString(language),
            gone: gone.toLocaleString(language),
          });
  }
  const seconds = (milliseconds / 1000).toLocaleString(language, {
    maximumFractionDigits: 1,
  });
  const ageOf = (time: string) => formatAge(time, Date.now(), language);
  return (
    <Typography variant="body2" role="status">
      {askedAt
        ? t('sync.endedAsked', { asked: ageOf(askedAt), seconds, result })
        : t('sync.ended', { start: ageOf(startedAt), seconds, result })}
    </Typography>
  );
}
