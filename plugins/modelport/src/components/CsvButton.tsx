import { useTranslationRef } from '@backstage/frontend-plugin-api';
import DownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Button from '@mui/material/Button';
import { componentTranslationRef } from './messages';
import { chartTranslationRef } from './chartMessages';
import { CsvCell, downloadCsv, toCsv } from './csv';

/** Saves what a table shows as CSV. */
export function CsvButton(props: {
  fileName: string;
  rows: () => ReadonlyArray<ReadonlyArray<CsvCell>>;
}) {
  const { t } = useTranslationRef(componentTranslationRef);
  const { t: tChart } = useTranslationRef(chartTranslationRef);
  return (
    <Button
      size="small"
      startIcon={<DownloadIcon />}
      onClick={() => downloadCsv(props.fileName, toCsv(props.rows()))}
      aria-label={tChart('downloadCsvOf', { title: props.fileName })}
    >
      {t('csv.button')}
    </Button>
  );
}
