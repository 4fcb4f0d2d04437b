import { Link } from '@backstage/core-components';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { EnvironmentAt } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { FailedState } from '../components/FailedState';
import { Quiet, QuietLine } from '../components/Quiet';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { CopyLink } from './CopyLink';
import { promotionTranslationRef } from './messages';
import { EnvironmentPeriods } from './EnvironmentPeriods';
import { Observed } from './LiveNow';
import { RollbackDialog } from './RollbackDialog';
import { RolloutLine } from './RolloutLine';
import { Shares } from './Shares';
import { usePromotionPaths } from './usePromotionPaths';

/** What is live in every environment, or was at a past moment, and below it how that came. */
export function EnvironmentsTimeline(props: {
  id: ModelId;
  /** Asked anew whenever this is another one. */
  changed: string | undefined;
}) {
  const { id, changed } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const [params, setParams] = useSearchParams();
  const [rollingBack, setRollingBack] = useState<string>();
  const at = momentOf(params.get('at'));
  const knownAt = momentOf(params.get('knownAt'));
  const isAhead = [at, knownAt].some(isFuture);
  const loaded = useLoad(
    isAhead ? undefined : JSON.stringify([id, at, knownAt, changed]),
    () => api.getEnvironments(id, { at, knownAt }),
    { keepPrevious: true },
  );
  const { error, loading, retry } = loaded;
  const value = isAhead ? undefined : loaded.value;
  const setMoments = (moments: Record<string, string>) =>
    setParams(
      before => {
        const next = new URLSearchParams(before);
        for (const [name, local] of Object.entries(moments)) {
          next.delete(name);
          if (local) {
            next.set(name, new Date(local).toISOString());
          }
        }
        return next;
      },
      { replace: true },
    );
  return (
    <>
      <Section
        title={
          at || knownAt
            ? t('live.titleThen', { time: momentText(at ?? knownAt ?? '') })
            : t('live.title')
        }
        actions={
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
            <TextField
              size="small"
              type="datetime-local"
              label={t('live.asOf')}
              value={at ? toLocal(at) : ''}
              onChange={event => setMoments({ at: event.target.value })}
              InputLabelProps={{ shrink: true }}
            />
            <TextField
              size="small"
              type="datetime-local"
              label={t('live.knownAt')}
              value={knownAt ? toLocal(knownAt) : ''}
              onChange={event => setMoments({ knownAt: event.target.value })}
              InputLabelProps={{ shrink: true }}
            />
            {(at || knownAt) && (
              <Button
                size="small"
                onClick={() => setMoments({ at: '', knownAt: '' })}
              >
                {t('live.now')}
              </Button>
            )}
          </Box>
        }
      >
        {error && !isAhead && (
          <FailedState error={error} retry={retry} hasOldData={!!value} />
        )}
        {isAhead && <Nothing>{t('live.future')}</Nothing>}
        {!value && !error && !isAhead && <TableSkeleton rows={2} />}
        {value?.items.length === 0 && (
          <Nothing>{t('live.noEnvironments')}</Nothing>
        )}
        {value && value.items.length > 0 && (
          <ScrollTable caption={t('live.table')} busy={loading}>
            <TableHead>
              <TableRow>
                <TableCell>{t('live.environment')}</TableCell>
                <TableCell>{t('live.version')}</TableCell>
                <TableCell>{t('live.sinceTitle')}</TableCell>
                <TableCell>{t('live.observedTitle')}</TableCell>
                <TableCell>
                  <Quiet>{t('live.actions')}</Quiet>
                </TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {value.items.map(live => (
                <EnvironmentRow
                  key={live.environment}
                  live={live}
                  onRollBack={
                    at || knownAt
                      ? undefined
                      : () => setRollingBack(live.environment)
                  }
                />
              ))}
            </TableBody>
          </ScrollTable>
        )}
        {value && <QuietLine>{value.traffic.message}</QuietLine>}
      </Section>
      {value?.items.map(({ environment }) => (
        <EnvironmentPeriods
          key={environment}
          id={id}
          environment={environment}
          changed={changed}
        />
      ))}
      {rollingBack && (
        <RollbackDialog
          id={id}
          environment={rollingBack}
          onClose={() => setRollingBack(undefined)}
        />
      )}
    </>
  );
}

function EnvironmentRow(props: {
  live: EnvironmentAt;
  onRollBack?: () => void;
}) {
  const { live, onRollBack } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const paths = usePromotionPaths();
  return (
    <TableRow sx={{ verticalAlign: 'top' }}>
      <TableCell component="th" scope="row">
        {live.environment}
        <QuietLine>{live.means}</QuietLine>
      </TableCell>
      <TableCell sx={{ minWidth: live.shares.length > 0 ? 170 : undefined }}>
        {live.status === 'live' ? (
          <strong>{live.version}</strong>
        ) : (
          <Quiet>{t(`live.status.${live.status}`)}</Quiet>
        )}
        {live.copy && (
          <QuietLine>
            <CopyLink copy={live.copy} />
          </QuietLine>
        )}
        {live.shares.length > 0 && (
          <Shares shares={live.shares} observed={live.observed} />
        )}
        {live.rollout && <RolloutLine rollout={live.rollout} />}
        {live.behindPortal && <QuietLine>{t('live.behindPortal')}</QuietLine>}
      </TableCell>
      <TableCell sx={{ minWidth: 120 }}>
        {live.since ? (
          <Age time={live.since} />
        ) : (
          <Quiet>{t('live.sinceUnknown')}</Quiet>
        )}
        {live.knownSince && (
          <QuietLine>
            {t('live.known', {
              time: <Age time={live.knownSince} />,
            })}
          </QuietLine>
        )}
        {live.promotion && paths && (
          <QuietLine>
            <Link to={paths.review(live.promotion)}>
              {t('live.byPromotion')}
            </Link>
          </QuietLine>
        )}
      </TableCell>
      <TableCell sx={{ minWidth: 160 }}>
        <Observed live={live} />
      </TableCell>
      <TableCell>
        {onRollBack && !live.rollout?.waitsFor && (
          <Button
            size="small"
            color="warning"
            onClick={onRollBack}
            aria-label={t('rollback.button', {
              environment: live.environment,
            })}
          >
            {t('rollback.short')}
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
}

/** The moment of the address; undefined where it is none. */
function momentOf(text: string | null): string | undefined {
  return text !== null && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** A moment in the reader's own words and zone. */
function momentText(moment: string): string {
  return new Date(moment).toLocaleString();
}

/** Whether a moment is still to come: nobody can tell what is live then. */
function isFuture(moment: string | undefined): boolean {
  return moment !== undefined && Date.parse(moment) > Date.now();
}

/** A time as a field of a day and a clock takes it, in the reader's own zone. */
function toLocal(time: string): string {
  const date = new Date(time);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
    .toISOString()
    .slice(0, 16);
}
