import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Gate } from '@modelport/plugin-modelport-common';
import FailIcon from '@mui/icons-material/Cancel';
import PassIcon from '@mui/icons-material/CheckCircle';
import UnknownIcon from '@mui/icons-material/HelpOutline';
import WaivedIcon from '@mui/icons-material/GppMaybeOutlined';
import Box from '@mui/material/Box';
import { promotionTranslationRef } from './messages';

const LOOKS = {
  pass: [PassIcon, 'success.main'],
  fail: [FailIcon, 'error.main'],
  unknown: [UnknownIcon, 'warning.main'],
  waived: [WaivedIcon, 'warning.main'],
} as const;

/** How a gate came out, in a word and with a sign. */
export function GateOutcomeText(props: {
  gate: Pick<Gate, 'outcome' | 'waiver'>;
}) {
  const { gate } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const [Icon, color] = LOOKS[gate.waiver ? 'waived' : gate.outcome];
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        verticalAlign: 'bottom',
        gap: 0.5,
        whiteSpace: 'nowrap',
        fontWeight: gate.outcome === 'pass' ? undefined : 'bold',
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 18, color }} />
      {t(`outcomes.${gate.outcome}`)}
      {gate.waiver && `, ${t('outcomes.waived')}`}
    </Box>
  );
}

/** How the gates of a promotion came out, counted. */
export function GateCounts(props: {
  gates: ReadonlyArray<Pick<Gate, 'outcome' | 'waiver'>>;
}) {
  const { t } = useTranslationRef(promotionTranslationRef);
  const count = (find: (gate: Pick<Gate, 'outcome' | 'waiver'>) => boolean) =>
    props.gates.filter(find).length;
  const parts = [
    ['pass', count(gate => gate.outcome === 'pass')],
    ['fail', count(gate => gate.outcome === 'fail' && !gate.waiver)],
    ['unknown', count(gate => gate.outcome === 'unknown' && !gate.waiver)],
    ['waived', count(gate => gate.waiver !== null)],
  ] as const;
  const shown = parts.filter(([, number]) => number > 0);
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        flexWrap: 'wrap',
        columnGap: 1.5,
        typography: 'body2',
      }}
    >
      {shown.length === 0 && t('gates.none')}
      {shown.map(([what, number], place) => {
        const [Icon, color] = LOOKS[what];
        return (
          <Box
            key={what}
            component="span"
            sx={{
              display: 'inline-flex',
              alignItems: 'center',
              gap: 0.5,
              whiteSpace: 'nowrap',
            }}
          >
            <Icon aria-hidden sx={{ fontSize: 16, color }} />
            {t(`counted.${what}`, { count: number })}
            {place < shown.length - 1 && ','}
          </Box>
        );
      })}
    </Box>
  );
}
