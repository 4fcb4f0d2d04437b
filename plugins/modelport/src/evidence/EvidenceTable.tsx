import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Evidence, findEvidenceKind } from '@modelport/plugin-modelport-common';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Alert from '@mui/material/Alert';
import IconButton from '@mui/material/IconButton';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Age } from '../components/Age';
import { formatBytes } from '../components/formatFigure';
import { LongText } from '../components/LongText';
import { Quiet } from '../components/Quiet';
import { ScrollTable } from '../components/ScrollTable';
import { visuallyHidden } from '../components/visuallyHidden';
import { useVersionPaths } from '../versions/useVersionPaths';
import { EvidenceOrigin, EvidenceProducer } from './EvidenceOrigin';
import { evidenceTranslationRef } from './messages';
import { useDownload } from './useDownload';

const SHORT_DIGEST = 12;

/** Documents as a table, the newest first. */
export function EvidenceTable(props: {
  version: string;
  items: Evidence[];
  busy: boolean;
}) {
  const { version, items, busy } = props;
  const { t } = useTranslationRef(evidenceTranslationRef);
  const { download, failure } = useDownload();
  const paths = useVersionPaths();
  return (
    <>
      {failure && (
        <Alert severity="error" sx={{ mb: 1 }}>
          {t('downloadFailed', { message: failure })}
        </Alert>
      )}
      <ScrollTable caption={t('table', { version })} busy={busy}>
        <TableHead>
          <TableRow>
            <TableCell>{t('kind')}</TableCell>
            <TableCell>{t('produced')}</TableCell>
            <TableCell>{t('received')}</TableCell>
            <TableCell>{t('origin')}</TableCell>
            <TableCell>{t('reader')}</TableCell>
            <TableCell>{t('size')}</TableCell>
            <TableCell>{t('digest')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map(item => (
            <TableRow key={`${item.digest} ${item.kind} ${item.origin.path}`}>
              <TableCell component="th" scope="row">
                <Link to={paths.evidence(version, item)}>
                  {item.kind}{' '}
                  <span style={visuallyHidden}>
                    {item.digest.slice(0, SHORT_DIGEST)}
                  </span>
                </Link>
                {item.status === 'unreadable' && (
                  <Unreadable message={item.message ?? ''} />
                )}
                {item.status === 'read' && item.message !== null && (
                  <Quiet style={{ display: 'block' }}>
                    <LongText text={t('partly', { message: item.message })} />
                  </Quiet>
                )}
              </TableCell>
              <TableCell>
                <EvidenceProducer item={item} />
              </TableCell>
              <TableCell>
                <Age time={item.receivedAt} />
              </TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>
                <EvidenceOrigin origin={item.origin} />
              </TableCell>
              <TableCell>{item.reader ?? <Quiet>–</Quiet>}</TableCell>
              <TableCell>{formatBytes(item.size)}</TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>
                <code title={t('digestOf', { digest: item.digest })}>
                  {item.digest.slice(0, SHORT_DIGEST)}
                </code>
                {!findEvidenceKind(item.kind)?.hasRows && (
                  <IconButton
                    size="small"
                    onClick={() => download(item)}
                    aria-label={t('download', {
                      kind: item.kind,
                      digest: item.digest.slice(0, SHORT_DIGEST),
                    })}
                  >
                    <DownloadIcon fontSize="small" />
                  </IconButton>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
    </>
  );
}

function Unreadable(props: { message: string }) {
  const { t } = useTranslationRef(evidenceTranslationRef);
  return (
    <Quiet style={{ display: 'block' }}>
      <ErrorIcon
        aria-hidden
        color="error"
        style={{ fontSize: 16, verticalAlign: 'text-bottom' }}
      />{' '}
      <LongText text={t('unreadable', { message: props.message })} />
    </Quiet>
  );
}
