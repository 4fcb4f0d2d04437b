import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FrozenEvidence, Gate } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { ReactNode } from 'react';
import { Day } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { formatFigure } from '../components/formatFigure';
import { LongText } from '../components/LongText';
import { Quiet, QuietLine } from '../components/Quiet';
import { ScrollTable } from '../components/ScrollTable';
import { promotionTranslationRef } from './messages';
import { EvidenceLink } from './EvidenceLink';
import { EvidenceTimes } from './EvidenceTimes';
import { GateOutcomeText } from './GateOutcomeText';

/** Gates as a table. */
export function GatesTable(props: {
  gates: Gate[];
  /** How they stood at the request, where that is another state. */
  before?: Gate[];
  evidence: FrozenEvidence[];
  actionOf?: (gate: Gate) => ReactNode;
}) {
  const { gates, before, evidence, actionOf } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  return (
    <ScrollTable caption={t('gates.table')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('gates.outcome')}</TableCell>
          <TableCell>{t('gates.rule')}</TableCell>
          <TableCell>{t('gates.value')}</TableCell>
          <TableCell>{t('gates.threshold')}</TableCell>
          <TableCell>{t('gates.evidence')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {gates.map(gate => {
          const old = before?.find(({ id }) => id === gate.id);
          return (
            <TableRow key={gate.id} sx={{ verticalAlign: 'top' }}>
              <TableCell>
                <GateOutcomeText gate={gate} />
                {old && old.outcome !== gate.outcome && (
                  <QuietLine>
                    {t('gates.was', {
                      outcome: t(`outcomes.${old.outcome}`),
                    })}
                  </QuietLine>
                )}
                {gate.outcome !== 'pass' && !gate.blocking && (
                  <QuietLine>{t('gates.notBlocking')}</QuietLine>
                )}
                {actionOf?.(gate)}
              </TableCell>
              <TableCell
                component="th"
                scope="row"
                sx={{ minWidth: 220, fontWeight: 'normal' }}
              >
                <Box sx={{ fontWeight: 'medium', overflowWrap: 'anywhere' }}>
                  {gate.title}
                </Box>
                <Quiet>
                  <LongText text={gate.message} limit={300} />
                </Quiet>
                {gate.waiver && <Waiver waiver={gate.waiver} />}
              </TableCell>
              <TableCell>
                <Figure figure={gate.value} />
                {gate.lower !== null && gate.upper !== null && (
                  <QuietLine style={{ whiteSpace: 'nowrap' }}>
                    {t('gates.interval', {
                      lower: formatFigure(gate.lower),
                      upper: formatFigure(gate.upper),
                    })}
                  </QuietLine>
                )}
              </TableCell>
              <TableCell>
                <Figure figure={gate.threshold} />
              </TableCell>
              <TableCell sx={{ minWidth: 140 }}>
                <Origin gate={gate} evidence={evidence} />
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </ScrollTable>
  );
}

function Figure(props: { figure: Gate['value'] }) {
  const { figure } = props;
  if (figure === null) {
    return <Quiet>–</Quiet>;
  }
  return typeof figure === 'number' ? (
    <span
      title={String(figure)}
      style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
    >
      {formatFigure(figure)}
    </span>
  ) : (
    // As wide as its words, such as an address, up to a limit.
    <Box sx={{ width: 'max-content', maxWidth: 115, overflowWrap: 'anywhere' }}>
      {figure}
    </Box>
  );
}

function Origin(props: { gate: Gate; evidence: FrozenEvidence[] }) {
  const { gate, evidence } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  if (gate.evidence.length === 0 && !gate.producer) {
    return <Quiet>{t('gates.noEvidence')}</Quiet>;
  }
  return (
    <>
      {gate.evidence.map(digest => (
        <Box key={digest}>
          <EvidenceLink
            digest={digest}
            kind={evidence.find(one => one.digest === digest)?.kind}
          />
        </Box>
      ))}
      <QuietLine style={{ overflowWrap: 'anywhere' }}>
        {gate.producer}
      </QuietLine>
      {(gate.producedAt || gate.receivedAt) && (
        <QuietLine>
          {t('evidence.made')}: <EvidenceTimes of={gate} />
        </QuietLine>
      )}
    </>
  );
}

function Waiver(props: { waiver: NonNullable<Gate['waiver']> }) {
  const { by, reason, control, expiresAt } = props.waiver;
  const { t } = useTranslationRef(promotionTranslationRef);
  return (
    <Box
      sx={{
        mt: 1,
        pl: 1,
        borderLeft: 3,
        borderColor: 'warning.main',
        overflowWrap: 'anywhere',
      }}
    >
      {t('waiver.by', {
        by: <EntityText text={by} defaultKind="user" />,
        until: <Day time={expiresAt} />,
      })}
      <Box>{t('waiver.because', { reason })}</Box>
      <Box>{t('waiver.meanwhile', { control })}</Box>
    </Box>
  );
}
