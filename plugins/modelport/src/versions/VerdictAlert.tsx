import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ComparedEvidence,
  Comparison,
} from '@modelport/plugin-modelport-common';
import BetterIcon from '@mui/icons-material/ThumbUpOutlined';
import WorseIcon from '@mui/icons-material/ThumbDownOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import {
  formatDelta,
  formatFigure,
  formatShare,
} from '../components/formatFigure';
import { versionTranslationRef } from './messages';
import { ComparisonVerdict, verdictOf } from './verdictOf';
import { withRowMetrics } from './withRowMetrics';

/** What a comparison comes to, the main metric first: no more than the rows of its table say. */
export function VerdictAlert(props: {
  comparison: Comparison;
  evidence: ComparedEvidence | undefined;
  mainKey: string | undefined;
}) {
  const { comparison, evidence, mainKey } = props;
  const [baseline, ...others] = comparison.versions;
  const metrics = withRowMetrics(comparison, evidence);
  return metrics.length === 0 ? null : (
    <>
      {others.map(({ version }) => (
        <Verdict
          key={version}
          version={version}
          baseline={baseline.version}
          verdict={verdictOf({ metrics, evidence, version, mainKey })}
        />
      ))}
    </>
  );
}

function Verdict(props: {
  version: string;
  baseline: string;
  verdict: ComparisonVerdict;
}) {
  const { version, baseline, verdict } = props;
  const { main, calls, compared, total, notCompared } = verdict;
  const { t } = useTranslationRef(versionTranslationRef);
  const call = main?.call;
  const called = call === 'better' || call === 'worse' ? call : undefined;
  const parts = (['worse', 'better', 'open', 'equal'] as const).flatMap(one =>
    calls[one] > 0
      ? [
          t(`compare.verdict.calls.${one}`, {
            number: String(calls[one]),
            total: String(compared),
          }),
        ]
      : [],
  );
  const reasons = notCompared.map(({ why, number }) =>
    notCompared.length === 1
      ? t(`compare.verdict.why.${why}`)
      : t('compare.verdict.reason', {
          number: String(number),
          why: t(`compare.verdict.why.${why}`),
        }),
  );
  return (
    <Alert
      severity={severityOf(called)}
      icon={iconOf(called)}
      sx={{ overflowWrap: 'anywhere' }}
    >
      <Box sx={{ fontWeight: 'bold' }}>
        {main ? (
          <>
            {t('compare.verdict.main', { key: main.key })}{' '}
            <MainCall main={main} version={version} baseline={baseline} />
          </>
        ) : (
          t('compare.verdict.noMain', { version, baseline })
        )}
      </Box>
      <Box>
        {compared > 0
          ? t('compare.verdict.counts', {
              version,
              parts: parts.join(', '),
            })
          : t('compare.verdict.none', { version, total: String(total) })}
        {reasons.length > 0 &&
          ` ${t('compare.verdict.notCompared', {
            number: String(total - compared),
            reasons: reasons.join('; '),
          })}`}
      </Box>
    </Alert>
  );
}

function MainCall(props: {
  main: NonNullable<ComparisonVerdict['main']>;
  version: string;
  baseline: string;
}) {
  const { main, version, baseline } = props;
  const { call, difference } = main;
  const { t } = useTranslationRef(versionTranslationRef);
  if (call === 'equal') {
    return <>{t('compare.verdict.equal', { version, baseline })}</>;
  }
  if (
    difference &&
    (call === 'better' || call === 'worse' || call === 'open')
  ) {
    return (
      <>
        {t(`compare.verdict.${call}`, {
          version,
          baseline,
          by:
            call === 'open'
              ? formatDelta(difference.difference)
              : formatFigure(Math.abs(difference.difference)),
          lower: formatDelta(difference.lower),
          upper: formatDelta(difference.upper),
          level: formatShare(difference.level),
        })}
      </>
    );
  }
  return call === 'better' || call === 'worse' || call === 'open' ? null : (
    <>
      {t('compare.verdict.notCalled', {
        version,
        baseline,
        why: t(`compare.verdict.why.${call}`),
      })}
    </>
  );
}

function severityOf(called: 'better' | 'worse' | undefined) {
  if (called === 'better') {
    return 'success';
  }
  return called === 'worse' ? 'error' : 'info';
}

function iconOf(called: 'better' | 'worse' | undefined) {
  if (called === 'better') {
    return <BetterIcon fontSize="inherit" />;
  }
  return called === 'worse' ? <WorseIcon fontSize="inherit" /> : undefined;
}
