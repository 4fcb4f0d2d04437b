import {
  alertApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Button from '@mui/material/Button';
import { useEffect, useRef, useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { downloadCsv, toCsv } from '../components/csv';
import { messageOf } from '../components/FailedState';
import { modelTranslationRef } from './messages';
import { readModelRows } from './modelsCsv';
import { ModelsView, toPageQuery } from './modelsView';

/** Saves every model that matches, not only the page, as CSV; shows how far it is and can be stopped. */
export function CsvOfAll(props: { view: ModelsView; total: number }) {
  const { view, total } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const api = useApi(modelportApiRef);
  const alertApi = useApi(alertApiRef);
  const [progress, setProgress] = useState<string>();
  const wanted = useRef(true);
  useEffect(() => {
    wanted.current = true;
    return () => {
      wanted.current = false;
    };
  }, []);

  const stop = () => {
    wanted.current = false;
    setProgress(undefined);
  };
  const start = async () => {
    wanted.current = true;
    setProgress(t('csv.progress', { done: '0', all: String(total) }));
    try {
      const rows = await readModelRows(api, toPageQuery(view), (done, all) => {
        if (wanted.current) {
          setProgress(
            t('csv.progress', { done: String(done), all: String(all) }),
          );
        }
        return wanted.current;
      });
      if (rows) {
        downloadCsv('models', toCsv(rows));
      }
    } catch (error) {
      alertApi.post({
        severity: 'error',
        message: t('csv.failed', {
          message: error instanceof Error ? messageOf(error) : String(error),
        }),
      });
    } finally {
      if (wanted.current) {
        setProgress(undefined);
      }
    }
  };

  return progress === undefined ? (
    <Button
      size="small"
      startIcon={<DownloadIcon />}
      onClick={start}
      disabled={total === 0}
      title={t('csv.hint', { number: total.toLocaleString('en') })}
    >
      {t('csv.button')}
    </Button>
  ) : (
    <Button size="small" onClick={stop} aria-live="polite">
      {progress} · {t('csv.stop')}
    </Button>
  );
}
