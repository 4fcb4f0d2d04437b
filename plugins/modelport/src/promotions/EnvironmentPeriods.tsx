import { Link } from '@backstage/core-components';
import {
  appLanguageApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { EnvironmentPeriod } from '@modelport/plugin-modelport-common';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { FailedState } from '../components/FailedState';
import { formatDuration } from '../components/formatTime';
import { Quiet, QuietLine } from '../components/Quiet';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing, Section } from '../components/Section';
import { TableSkeleton } from '../components/TableSkeleton';
import { promotionTranslationRef } from './messages';
import { Shares } from './Shares';
import { usePromotionPaths } from './usePromotionPaths';

const SHOWN = 20;

/** What was live in an environment, the newest first. */
export function EnvironmentPeriods(props: {
  id: ModelId;
  environment: string;
  changed: string | undefined;
}) {
  const { id, environment, changed } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const { value, error, retry } = useLoad(
    JSON.stringify([id, environment, changed]),
    () => api.getEnvironmentHistory(id, environment, { limit: SHOWN }),
    { keepPrevious: true },
  );
  const hidden = value ? value.totalItems - value.items.length : 0;
  return (
    <Section title={t('periods.title', { environment })}>
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {!value && !error && <TableSkeleton rows={2} />}
      {value?.items.length === 0 && <Nothing>{t('periods.empty')}</Nothing>}
      {value && value.items.length > 0 && (
        <ScrollTable caption={t('periods.table', { environment })}>
          <TableHead>
            <TableRow>
              <TableCell>{t('live.version')}</TableCell>
              <TableCell>{t('periods.from')}</TableCell>
              <TableCell>{t('periods.until')}</TableCell>
              <TableCell>{t('periods.by')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {value.items.map(period => (
              <Period
                key={`${period.version} ${period.knownFrom}`}
                period={period}
              />
            ))}
          </TableBody>
        </ScrollTable>
      )}
      {hidden > 0 && <Nothing>{t('periods.more', { count: hidden })}</Nothing>}
    </Section>
  );
}

function Period(props: { period: EnvironmentPeriod }) {
  const { period } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const paths = usePromotionPaths();
  const { language } = useApi(appLanguageApiRef).getLanguage();
  const { from, until } = period;
  const lasted =
    from !== null && until !== null
      ? formatDuration((Date.parse(until) - Date.parse(from)) / 1000, language)
      : '';
  return (
    <TableRow>
      <TableCell
        component="th"
        scope="row"
        sx={{ minWidth: period.shares.length > 0 ? 150 : undefined }}
      >
        {period.version ?? <Quiet>{t('live.nothing')}</Quiet>}
        {period.shares.length > 0 && <Shares shares={period.shares} />}
      </TableCell>
      <TableCell>
        {period.from ? (
          <Age time={period.from} />
        ) : (
          <Quiet>{t('periods.beforeWatching')}</Quiet>
        )}
        <QuietLine>
          {t('live.known', {
            time: <Age time={period.knownFrom} />,
          })}
        </QuietLine>
      </TableCell>
      <TableCell>
        {period.until ? (
          <>
            <Age time={period.until} />
            {lasted && (
              <QuietLine>{t('periods.lasted', { time: lasted })}</QuietLine>
            )}
          </>
        ) : (
          <strong>{t('periods.stillLive')}</strong>
        )}
      </TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere' }}>
        {period.by && <EntityText text={period.by} />}
        {period.behindPortal && <QuietLine>{t('live.behindPortal')}</QuietLine>}
        {period.promotion && paths && (
          <QuietLine>
            <Link to={paths.review(period.promotion)}>
              {t('live.byPromotion')}
            </Link>
          </QuietLine>
        )}
        {!period.by && !period.behindPortal && !period.promotion && (
          <Quiet>{t('periods.found')}</Quiet>
        )}
      </TableCell>
    </TableRow>
  );
}
