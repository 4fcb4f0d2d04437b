import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Promotion } from '@modelport/plugin-modelport-common';
import RollbackIcon from '@mui/icons-material/SettingsBackupRestore';
import ChangedIcon from '@mui/icons-material/PublishedWithChanges';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Age } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { QuietLine } from '../components/Quiet';
import { ScrollTable } from '../components/ScrollTable';
import { promotionTranslationRef } from './messages';
import { GateCounts } from './GateOutcomeText';
import { PromotionStateText } from './PromotionStateText';
import { usePromotionPaths } from './usePromotionPaths';

/** Promotions as a table, each leading to its review. */
export function InboxTable(props: {
  promotions: Promotion[];
  busy?: boolean;
  /** Leaves the model out where all are of one. */
  ofOneModel?: boolean;
}) {
  const { promotions, busy, ofOneModel } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  return (
    <ScrollTable caption={t('inbox.table')} busy={busy}>
      <TableHead>
        <TableRow>
          <TableCell>{t('inbox.what')}</TableCell>
          <TableCell>{t('inbox.state')}</TableCell>
          <TableCell>{t('inbox.gates')}</TableCell>
          <TableCell>{t('inbox.approvals')}</TableCell>
          <TableCell>{t('inbox.requested')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {promotions.map(promotion => (
          <TableRow key={promotion.id} hover>
            <TableCell component="th" scope="row" sx={{ minWidth: 200 }}>
              <What promotion={promotion} ofOneModel={ofOneModel ?? false} />
            </TableCell>
            <TableCell>
              <PromotionStateText promotion={promotion} />
              {promotion.findings.length > 0 && (
                <QuietLine>
                  {t('inbox.findings', {
                    count: promotion.findings.length,
                  })}
                </QuietLine>
              )}
            </TableCell>
            <TableCell>
              <GateCounts gates={promotion.now?.gates ?? promotion.gates} />
              {promotion.evidenceChanged && (
                <QuietLine>
                  <ChangedIcon
                    aria-hidden
                    style={{ fontSize: 14, verticalAlign: 'text-bottom' }}
                  />{' '}
                  {t('inbox.changed')}
                </QuietLine>
              )}
            </TableCell>
            <TableCell>
              {t('inbox.given', {
                given: String(promotion.quorum.given),
                required: String(promotion.quorum.required),
              })}
            </TableCell>
            <TableCell sx={{ minWidth: 140 }}>
              <EntityText text={promotion.requestedBy} defaultKind="user" />
              <QuietLine>
                <Age time={promotion.requestedAt} />
              </QuietLine>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </ScrollTable>
  );
}

function What(props: { promotion: Promotion; ofOneModel: boolean }) {
  const { promotion, ofOneModel } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const paths = usePromotionPaths();
  const { name, source, version, environment, fromVersion, kind } = promotion;
  const text = t(ofOneModel ? 'inbox.versionTo' : 'inbox.modelTo', {
    name,
    version,
    environment,
  });
  return (
    <>
      <Box
        component="span"
        sx={{ overflowWrap: 'anywhere', fontWeight: 'medium' }}
      >
        {kind === 'rollback' && (
          <RollbackIcon
            titleAccess={t('kinds.rollback')}
            sx={{ fontSize: 16, mr: 0.5, verticalAlign: 'text-bottom' }}
          />
        )}
        {paths ? <Link to={paths.review(promotion.id)}>{text}</Link> : text}
      </Box>
      <QuietLine>
        {ofOneModel ? '' : `${source} · `}
        {fromVersion === null
          ? t('inbox.fromNothing')
          : t('inbox.from', { version: fromVersion })}
      </QuietLine>
    </>
  );
}
