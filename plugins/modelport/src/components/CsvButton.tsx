import { useTranslationRef } from '@backstage/frontend-plugin-api';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Button from '@mui/material/Button';
import { modelportTranslationRef } from '../translation';
import { CsvCell, downloadCsv, toCsv } from './csv';

/** Saves what a table shows as CSV. */
export function CsvButton(props: {
  fileName: string;
  rows: () => ReadonlyArray<ReadonlyArray<CsvCell>>;
}) {
  const { t } = useTranslationRef(modelportTranslationRef);
  return (
    <Button
      size="small"
      startIcon={<DownloadIcon />}
      onClick={() => downloadCsv(props.fileName, toCsv(props.rows()))}
      aria-label={t('charts.downloadCsvOf', { title: props.fileName })}
    >
      {t('components.csv.button')}
    </Button>
  );
}
