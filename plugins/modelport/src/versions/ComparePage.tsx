import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import BackIcon from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Skeleton from '@mui/material/Skeleton';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useSearchParams } from 'react-router-dom';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { EmptyState } from '../components/EmptyState';
import { FailedState } from '../components/FailedState';
import { TableSkeleton } from '../components/TableSkeleton';
import { LinkButton } from '../components/LinkButton';
import { versionTranslationRef } from './messages';
import { CalibrationSection } from './CalibrationSection';
import { ComparedReasons } from './ComparedReasons';
import { ComparedLineage } from './ComparedLineage';
import { ComparedMetrics } from './ComparedMetrics';
import { ComparedValues } from './ComparedValues';
import { SignatureChanges } from './SignatureChanges';
import { useVersionPaths } from './useVersionPaths';
import { VerdictAlert } from './VerdictAlert';

/** Two to ten versions beside each other; only what differs, unless all is asked for. */
export function ComparePage(props: { id: ModelId }) {
  const { id } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const api = useApi(modelportApiRef);
  const paths = useVersionPaths();
  const [params, setParams] = useSearchParams();
  const versions = [...new Set(chosenVersions(params))];
  const showAll = params.get('all') === '1';
  const { value, error, retry } = useLoad(
    versions.length >= 2 ? JSON.stringify([id, versions]) : undefined,
    () => api.compareVersions(id, versions),
    { keepPrevious: true },
  );
  const evidence = useLoad(
    value ? JSON.stringify(['evidence', id, versions]) : undefined,
    () => api.compareEvidence(id, versions),
    { keepPrevious: true },
  );
  const model = useLoad(
    versions.length >= 2 ? JSON.stringify(['model', id]) : undefined,
    () => api.getModel(id),
  );
  const setShowAll = (all: boolean) =>
    setParams(
      before => {
        const next = new URLSearchParams(before);
        if (all) {
          next.set('all', '1');
        } else {
          next.delete('all');
        }
        return next;
      },
      { replace: true },
    );

  if (versions.length < 2) {
    return (
      <EmptyState
        title={t('compare.tooFew.title')}
        text={t('compare.tooFew.text')}
      >
        <LinkButton variant="outlined" to={paths.list}>
          {t('compare.tooFew.button')}
        </LinkButton>
      </EmptyState>
    );
  }
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}
      >
        <LinkButton size="small" to={paths.list} startIcon={<BackIcon />}>
          {t('compare.back')}
        </LinkButton>
        <Typography variant="h5" component="h2" sx={{ flexGrow: 1, mb: 0 }}>
          {t('compare.title')}
        </Typography>
        <FormControlLabel
          control={
            <Switch
              checked={!showAll}
              onChange={event => setShowAll(!event.target.checked)}
            />
          }
          label={t('compare.onlyDifferences')}
        />
      </Box>
      <Typography variant="body2" color="text.secondary">
        {t('compare.baselineOf', { version: versions[0] })}
      </Typography>
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {!value && !error && <TableSkeleton rows={8} />}
      {value && (
        <>
          {!evidence.value && !evidence.error ? (
            <Skeleton variant="rectangular" height={72} />
          ) : (
            <VerdictAlert
              comparison={value}
              evidence={evidence.value}
              mainKey={model.value?.mainMetric?.key}
            />
          )}
          <ComparedMetrics
            comparison={value}
            evidence={evidence.value}
            isPending={!evidence.value && !evidence.error}
            showAll={showAll}
            mainKey={model.value?.mainMetric?.key}
          />
          {evidence.error && (
            <FailedState error={evidence.error} retry={evidence.retry} />
          )}
          {!evidence.value && !evidence.error && (
            <Skeleton variant="rectangular" height={420} />
          )}
          {evidence.value && (
            <CalibrationSection evidence={evidence.value} versions={versions} />
          )}
          <ComparedReasons id={id} versions={versions} />
          <ComparedValues
            kind="params"
            comparison={value}
            values={value.params}
            showAll={showAll}
          />
          <ComparedValues
            kind="data"
            comparison={value}
            values={value.datasets}
            showAll={showAll}
          />
          <SignatureChanges comparison={value} />
          <ComparedLineage id={id} versions={versions} />
        </>
      )}
    </Box>
  );
}

/** One parameter a version, or, as a person types it, all in one with commas between. */
function chosenVersions(params: URLSearchParams): string[] {
  const all = params.getAll('versions');
  return (all.length === 1 ? all[0].split(',') : all).filter(Boolean);
}
