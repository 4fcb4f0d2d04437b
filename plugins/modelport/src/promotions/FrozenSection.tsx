import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FrozenEvidence, Promotion } from '@modelport/plugin-modelport-common';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Quiet, QuietLine } from '../components/Quiet';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing, Section } from '../components/Section';
import { promotionTranslationRef } from './messages';
import { gatesNow } from './changesBetween';
import { ChangedFigures } from './ChangedFigures';
import { EvidenceLink } from './EvidenceLink';
import { EvidenceTimes } from './EvidenceTimes';

/** Every document that the promotion was requested on, and what came or went since. */
export function FrozenSection(props: {
  promotion: Promotion;
  entityRef: string | undefined;
}) {
  const { evidence, now } = props.promotion;
  const { t } = useTranslationRef(promotionTranslationRef);
  const frozen = new Set(evidence.map(({ digest }) => digest));
  const current = new Set(now?.evidence.map(({ digest }) => digest));
  const rows = [
    ...(now?.evidence ?? [])
      .filter(({ digest }) => !frozen.has(digest))
      .map(one => ({ one, change: 'added' as const })),
    ...evidence.map(one => ({
      one,
      change: now && !current.has(one.digest) ? ('removed' as const) : null,
    })),
  ];
  return (
    <Section title={t('evidence.title')}>
      <ChangedFigures {...props} />
      {rows.length === 0 ? (
        <Nothing>{t('evidence.none')}</Nothing>
      ) : (
        <ScrollTable caption={t('evidence.table')}>
          <TableHead>
            <TableRow>
              <TableCell>{t('evidence.name')}</TableCell>
              <TableCell>{t('evidence.producer')}</TableCell>
              <TableCell>{t('evidence.from')}</TableCell>
              <TableCell>{t('evidence.made')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(({ one, change }) => (
              <EvidenceRow
                key={`${one.kind} ${one.digest} ${one.from}`}
                evidence={one}
                change={change}
                countedBy={gatesNow(props.promotion)
                  .filter(gate => gate.evidence.includes(one.digest))
                  .map(({ title }) => title)}
              />
            ))}
          </TableBody>
        </ScrollTable>
      )}
    </Section>
  );
}

function EvidenceRow(props: {
  evidence: FrozenEvidence;
  change: 'added' | 'removed' | null;
  /** Gates that it is judged by now. */
  countedBy: string[];
}) {
  const { kind, digest, producer, from, version } = props.evidence;
  const { t } = useTranslationRef(promotionTranslationRef);
  return (
    <TableRow>
      <TableCell component="th" scope="row">
        <EvidenceLink digest={digest} kind={kind} />
        {props.change && (
          <>
            {' '}
            <strong>{t(`evidence.${props.change}`)}</strong>
          </>
        )}
        {props.change === 'added' && (
          <QuietLine>
            {props.countedBy.length > 0
              ? t('evidence.countedBy', { gates: props.countedBy.join('; ') })
              : t('evidence.notCounted')}
          </QuietLine>
        )}
        {version && <QuietLine>{t('evidence.ofLive', { version })}</QuietLine>}
      </TableCell>
      <TableCell>{producer ?? <Quiet>–</Quiet>}</TableCell>
      <TableCell sx={{ overflowWrap: 'anywhere' }}>{from}</TableCell>
      <TableCell sx={{ minWidth: 130 }}>
        <EvidenceTimes of={props.evidence} />
      </TableCell>
    </TableRow>
  );
}
