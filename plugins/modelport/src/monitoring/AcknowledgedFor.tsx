import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, AlertFinding } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { monitoringTranslationRef } from './messages';

const MOST_FINDINGS = 5;

/** What an alert was taken on for, where it says something else by now, and how much came and went since. */
export function AcknowledgedFor(props: { alert: Alert }) {
  const { findings, acknowledged } = props.alert;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const before = acknowledged?.findings;
  if (!before) {
    return null;
  }
  const come = without(findings, before, textOf).length;
  const gone = without(before, findings, subjectOf).length;
  if (come === 0 && gone === 0) {
    return null;
  }
  return (
    <Box sx={{ pl: 2, borderLeft: 2, borderColor: 'divider', my: 0.5 }}>
      {t('alerts.takenOnFor')}
      <Box component="ul" sx={{ my: 0.5, pl: 2.5 }}>
        {before.slice(0, MOST_FINDINGS).map((finding, place) => (
          <li key={place}>{finding.text}</li>
        ))}
      </Box>
      {[
        before.length > MOST_FINDINGS &&
          t('alerts.more', { count: before.length - MOST_FINDINGS }),
        gone > 0 && t('alerts.gone', { count: gone }),
        come > 0 && t('alerts.come', { count: come }),
      ]
        .filter(Boolean)
        .join(' ')}
    </Box>
  );
}

/** Findings that are not among others. */
function without(
  findings: AlertFinding[],
  others: AlertFinding[],
  keyOf: (finding: AlertFinding) => string,
): AlertFinding[] {
  const known = new Set(others.map(keyOf));
  return findings.filter(finding => !known.has(keyOf(finding)));
}

function subjectOf({ feature, statistic, tool }: AlertFinding): string {
  return JSON.stringify([feature, statistic, tool]);
}

function textOf(finding: AlertFinding): string {
  return JSON.stringify([subjectOf(finding), finding.start, finding.text]);
}
