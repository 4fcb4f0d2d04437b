import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { AuditEntry } from '@modelport/plugin-modelport-common';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Age } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { ScrollTable } from '../components/ScrollTable';
import { AuditWhat } from './AuditWhat';
import { promotionTranslationRef } from './messages';
import { useEntityRefs } from './useEntityRefs';

const SHORT_DIGEST = 12;

/** Entries of the audit chain as a table. */
export function AuditTable(props: {
  entries: AuditEntry[];
  /** The entry at which the chain is broken. */
  broken?: number | null;
  busy?: boolean;
  /** Leaves out what all of them are about. */
  ofOnePromotion?: boolean;
}) {
  const { entries, broken, busy, ofOnePromotion } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const entityRefOf = useEntityRefs(ofOnePromotion ? [] : entries);
  return (
    <ScrollTable caption={t('audit.table')} busy={busy}>
      <TableHead>
        <TableRow>
          <TableCell>{t('audit.number')}</TableCell>
          <TableCell>{t('audit.when')}</TableCell>
          <TableCell>{t('audit.who')}</TableCell>
          <TableCell>{t('audit.what')}</TableCell>
          <TableCell>{t('audit.digest')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {entries.map(entry => (
          <TableRow key={entry.seq} selected={entry.seq === broken}>
            <TableCell component="th" scope="row">
              {entry.seq}
              {entry.seq === broken && (
                <>
                  {' '}
                  <strong>{t('audit.broken')}</strong>
                </>
              )}
            </TableCell>
            <TableCell sx={{ minWidth: 100 }}>
              <Age time={entry.at} />
            </TableCell>
            <TableCell sx={{ overflowWrap: 'anywhere' }}>
              <EntityText text={entry.actor} />
            </TableCell>
            <TableCell sx={{ minWidth: 240 }}>
              <AuditWhat
                entry={entry}
                entityRef={entityRefOf(entry)}
                ofOnePromotion={ofOnePromotion}
              />
            </TableCell>
            <TableCell>
              <code title={entry.digest}>
                {entry.digest.slice(0, SHORT_DIGEST)}
              </code>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </ScrollTable>
  );
}
