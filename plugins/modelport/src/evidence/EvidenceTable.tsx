import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Evidence } from '@modelport/plugin-modelport-common';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Alert from '@mui/material/Alert';
import IconButton from '@mui/material/IconButton';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { Age } from '../components/Age';
import { messageOf } from '../components/FailedState';
import { formatBytes } from '../components/formatFigure';
import { LongText } from '../components/LongText';
import { Quiet } from '../components/Quiet';
import { saveFile } from '../components/saveFile';
import { ScrollTable } from '../components/ScrollTable';
import { evidenceTranslationRef } from './messages';

const SHORT_DIGEST = 12;

/** Documents as a table, the newest first. */
export function EvidenceTable(props: { version: string; items: Evidence[] }) {
  const { version, items } = props;
  const { t } = useTranslationRef(evidenceTranslationRef);
  const api = useApi(modelportApiRef);
  const [failure, setFailure] = useState<string>();
  const download = async (item: Evidence) => {
    setFailure(undefined);
    try {
      const bytes = await api.readEvidence(item.digest);
      saveFile(bytes, `${item.kind}-${item.digest.slice(0, SHORT_DIGEST)}`);
    } catch (error) {
      setFailure(error instanceof Error ? messageOf(error) : String(error));
    }
  };
  return (
    <>
      {failure && (
        <Alert severity="error" sx={{ mb: 1 }}>
          {t('downloadFailed', { message: failure })}
        </Alert>
      )}
      <ScrollTable caption={t('table', { version })}>
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
            <TableRow key={`${item.digest} ${item.kind}`}>
              <TableCell component="th" scope="row">
                {item.kind}
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
                <Produced item={item} />
              </TableCell>
              <TableCell>
                <Age time={item.receivedAt} />
              </TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>
                <Origin origin={item.origin} />
              </TableCell>
              <TableCell>{item.reader ?? <Quiet>–</Quiet>}</TableCell>
              <TableCell>{formatBytes(item.size)}</TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>
                <code title={t('digestOf', { digest: item.digest })}>
                  {item.digest.slice(0, SHORT_DIGEST)}
                </code>
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

function Produced(props: { item: Evidence }) {
  const { producer, producedAt } = props.item;
  const { t } = useTranslationRef(evidenceTranslationRef);
  const name = producer && [producer.name, producer.version].join(' ').trim();
  if (producedAt && name) {
    return (
      <>
        {t('producedAt', {
          time: <Age time={producedAt} />,
          producer: name,
        })}
      </>
    );
  }
  if (producedAt) {
    return <Age time={producedAt} />;
  }
  return name ? <>{name}</> : <Quiet>{t('producedUnknown')}</Quiet>;
}

function Origin(props: { origin: Evidence['origin'] }) {
  const { type, path, by } = props.origin;
  const { t } = useTranslationRef(evidenceTranslationRef);
  if (type === 'artefact') {
    return <>{t('artefact', { path: path ?? '' })}</>;
  }
  return path ? (
    <>{t('pushedFile', { path, by: by ?? '' })}</>
  ) : (
    <>{t('pushed', { by: by ?? '' })}</>
  );
}
