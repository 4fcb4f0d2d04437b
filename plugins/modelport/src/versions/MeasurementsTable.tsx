import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Measurement } from '@modelport/plugin-modelport-common';
import HistoryIcon from '@mui/icons-material/ShowChart';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Fragment, useState } from 'react';
import { ModelId } from '../api/modelportApi';
import { Breakable } from '../components/Breakable';
import { FigureText } from '../components/FigureText';
import { formatFigure } from '../components/formatFigure';
import { ScrollTable } from '../components/ScrollTable';
import { versionTranslationRef } from './messages';
import { MetricHistoryFigure } from './MetricHistoryFigure';

const SHOWN_FIRST = 15;

/** Measurements with what they were measured on; columns that nothing fills are left out. */
export function MeasurementsTable(props: {
  id: ModelId;
  version: string;
  slice: string | null;
  measurements: Measurement[];
  /** Metrics of which there is more than one value. */
  withHistory: string[];
  /** The metric whose history is shown. */
  openKey: string | null;
  onOpen: (key: string | null) => void;
}) {
  const { id, version, slice, measurements, withHistory, openKey, onOpen } =
    props;
  const { t } = useTranslationRef(versionTranslationRef);
  const [shown, setShown] = useState(SHOWN_FIRST);
  const hasN = measurements.some(({ n }) => n !== null);
  const hasInterval = measurements.some(
    ({ lower, upper }) => lower !== null || upper !== null,
  );
  const hasEvidence = measurements.some(({ evidence }) => evidence !== null);
  const hasHistory =
    slice === null && measurements.some(({ key }) => withHistory.includes(key));
  const openPlace = hasHistory
    ? measurements.findIndex(({ key }) => key === openKey)
    : -1;
  const visible = Math.max(shown, openPlace + 1);
  const width =
    3 + [hasN, hasInterval, hasEvidence, hasHistory].filter(Boolean).length;

  return (
    <>
      <ScrollTable caption={t('page.metrics.table', { version })}>
        <TableHead>
          <TableRow>
            <TableCell>{t('page.metrics.metric')}</TableCell>
            <TableCell align="right">{t('page.metrics.value')}</TableCell>
            {hasInterval && <TableCell>{t('page.metrics.interval')}</TableCell>}
            {hasN && <TableCell align="right">{t('page.metrics.n')}</TableCell>}
            <TableCell>{t('page.metrics.on')}</TableCell>
            {hasEvidence && <TableCell>{t('page.metrics.evidence')}</TableCell>}
            {hasHistory && <TableCell>{t('page.metrics.history')}</TableCell>}
          </TableRow>
        </TableHead>
        <TableBody>
          {measurements.slice(0, visible).map((measurement, row) => {
            const { key, value, n, lower, upper, evidence } = measurement;
            const isOpen =
              hasHistory && openKey === key && withHistory.includes(key);
            const label = isOpen
              ? t('page.metrics.historyHide', { key })
              : t('page.metrics.historyOf', { key });
            return (
              <Fragment key={`${key} ${row}`}>
                <TableRow hover>
                  <TableCell
                    component="th"
                    scope="row"
                    sx={{ overflowWrap: 'anywhere' }}
                  >
                    {key}
                  </TableCell>
                  <TableCell align="right">
                    <FigureText figure={value} strong />
                  </TableCell>
                  {hasInterval && (
                    <TableCell sx={{ whiteSpace: 'nowrap' }}>
                      {lower === null && upper === null
                        ? '–'
                        : `${lower === null ? '–' : formatFigure(lower)} … ${
                            upper === null ? '–' : formatFigure(upper)
                          }`}
                    </TableCell>
                  )}
                  {hasN && (
                    <TableCell align="right">
                      {n === null ? '–' : n.toLocaleString('en')}
                    </TableCell>
                  )}
                  <TableCell sx={{ minWidth: 190 }}>
                    <MeasuredOn measurement={measurement} />
                  </TableCell>
                  {hasEvidence && (
                    <TableCell title={evidence ?? undefined}>
                      {evidence === null ? '–' : evidence.slice(0, 12)}
                    </TableCell>
                  )}
                  {hasHistory && (
                    <TableCell padding="none">
                      {withHistory.includes(key) && (
                        <IconButton
                          size="small"
                          aria-expanded={isOpen}
                          aria-label={label}
                          title={label}
                          onClick={() => onOpen(isOpen ? null : key)}
                        >
                          <HistoryIcon fontSize="small" />
                        </IconButton>
                      )}
                    </TableCell>
                  )}
                </TableRow>
                {isOpen && (
                  <TableRow>
                    <TableCell colSpan={width}>
                      <MetricHistoryFigure
                        id={id}
                        version={version}
                        metricKey={key}
                      />
                    </TableCell>
                  </TableRow>
                )}
              </Fragment>
            );
          })}
        </TableBody>
      </ScrollTable>
      {measurements.length > visible && (
        <Button size="small" onClick={() => setShown(measurements.length)}>
          {t('page.metrics.more', {
            number: String(measurements.length - visible),
          })}
        </Button>
      )}
    </>
  );
}

function MeasuredOn(props: { measurement: Measurement }) {
  const { dataset, evaluationSet } = props.measurement;
  const { t } = useTranslationRef(versionTranslationRef);
  if (!dataset && !evaluationSet) {
    return (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {t('page.metrics.notRecorded')}
      </Box>
    );
  }
  return (
    <Box>
      {evaluationSet && (
        <Box title={evaluationSet.hash ?? undefined}>
          <Breakable
            text={t('page.metrics.evaluationSet', {
              id: evaluationSet.id,
            })}
          />
        </Box>
      )}
      {dataset && dataset.name !== evaluationSet?.id && (
        <Box title={dataset.digest ?? undefined}>
          <Breakable text={dataset.name} />
        </Box>
      )}
    </Box>
  );
}
