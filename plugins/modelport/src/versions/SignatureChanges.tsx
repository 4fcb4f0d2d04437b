import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Comparison,
  SignatureChange,
} from '@modelport/plugin-modelport-common';
import BreakingIcon from '@mui/icons-material/ReportProblemOutlined';
import FineIcon from '@mui/icons-material/CheckCircleOutline';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { CsvButton } from '../components/CsvButton';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing, Section } from '../components/Section';
import { versionTranslationRef } from './messages';

/** How the signature changed against the baseline, and whether callers break. */
export function SignatureChanges(props: { comparison: Comparison }) {
  const { signatureChanges, signatureUnknown } = props.comparison;
  const { t } = useTranslationRef(versionTranslationRef);
  const canTell = signatureUnknown.length < props.comparison.versions.length;
  return (
    <Section
      title={t('compare.signature.title')}
      actions={
        signatureChanges.length > 0 && (
          <CsvButton
            fileName={t('compare.signature.csv')}
            rows={() => [
              [
                'version',
                'part',
                'column',
                'change',
                'from',
                'to',
                'breaking',
                'reason',
              ],
              ...signatureChanges.map(change => [
                change.version,
                change.part,
                change.column,
                change.change,
                change.from,
                change.to,
                change.breaking,
                change.reason,
              ]),
            ]}
          />
        )
      }
    >
      {signatureUnknown.length > 0 && (
        <Nothing>
          {t('compare.signature.unknown', {
            versions: signatureUnknown.join(', '),
          })}
        </Nothing>
      )}
      {signatureChanges.length === 0 && canTell && (
        <Nothing>{t('compare.signature.none')}</Nothing>
      )}
      {signatureChanges.length > 0 && (
        <ScrollTable caption={t('compare.signature.table')}>
          <TableHead>
            <TableRow>
              <TableCell>{t('compare.signature.version')}</TableCell>
              <TableCell>{t('compare.signature.part')}</TableCell>
              <TableCell>{t('compare.signature.column')}</TableCell>
              <TableCell>{t('compare.signature.change')}</TableCell>
              <TableCell>{t('compare.signature.effect')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {signatureChanges.map((change, row) => (
              <TableRow key={row}>
                <TableCell>{change.version}</TableCell>
                <TableCell>
                  {t(`compare.signature.parts.${change.part}`)}
                </TableCell>
                <TableCell sx={{ overflowWrap: 'anywhere' }}>
                  {change.column}
                </TableCell>
                <TableCell sx={{ overflowWrap: 'anywhere' }}>
                  <ChangeText change={change} />
                </TableCell>
                <TableCell>
                  <Effect change={change} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </ScrollTable>
      )}
    </Section>
  );
}

function ChangeText(props: { change: SignatureChange }) {
  const { change, from, to } = props.change;
  const { t } = useTranslationRef(versionTranslationRef);
  switch (change) {
    case 'added':
      return <>{t('compare.signature.changes.added', { to: to ?? '' })}</>;
    case 'removed':
      return (
        <>
          {t('compare.signature.changes.removed', {
            from: from ?? '',
          })}
        </>
      );
    case 'retyped':
      return (
        <>
          {t('compare.signature.changes.retyped', {
            from: from ?? '',
            to: to ?? '',
          })}
        </>
      );
    default:
      return <>{t('compare.signature.changes.reordered')}</>;
  }
}

function Effect(props: { change: SignatureChange }) {
  const { breaking, reason } = props.change;
  const { t } = useTranslationRef(versionTranslationRef);
  const Icon = breaking ? BreakingIcon : FineIcon;
  return (
    <>
      <Box
        component="span"
        sx={{
          display: 'inline-flex',
          alignItems: 'center',
          gap: 0.5,
          fontWeight: breaking ? 'bold' : undefined,
        }}
      >
        <Icon
          aria-hidden
          sx={{ fontSize: 16, color: breaking ? 'error.main' : 'success.main' }}
        />
        {breaking
          ? t('compare.signature.breaking')
          : t('compare.signature.notBreaking')}
      </Box>
      <Box sx={{ typography: 'caption', color: 'text.secondary' }}>
        {reason}
      </Box>
    </>
  );
}
