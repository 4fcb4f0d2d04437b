import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  CheckedData,
  IntegrityFinding,
} from '@modelport/plugin-modelport-common';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { CsvButton } from '../components/CsvButton';
import { ScrollTable } from '../components/ScrollTable';
import { Section } from '../components/Section';
import { CheckedText } from './CheckedText';
import { monitoringTranslationRef } from './messages';
import { chartTranslationRef } from '../components/chartMessages';
import { windowLabel } from './windowLabel';

const COLUMNS = ['window', 'feature', 'check', 'message', 'tool'] as const;

/** More rows than this make the page slow; the CSV holds all. */
const MOST_ROWS = 200;

/** What tools found wrong with the data themselves, the newest first, and what was checked and is fine. */
export function IntegritySection(props: {
  integrity: IntegrityFinding[];
  checked: CheckedData[];
  /** All features that any tool speaks of. */
  features: string[];
}) {
  const { t } = useTranslationRef(monitoringTranslationRef);
  const { t: tChart } = useTranslationRef(chartTranslationRef);
  const title = t('integrity.title');
  const findings = [...props.integrity].sort((a, b) =>
    b.start.localeCompare(a.start),
  );
  const head = COLUMNS.map(column => t(`integrity.columns.${column}`));
  const rows = findings.map(finding => [
    windowLabel(finding.start, finding.end),
    finding.feature,
    finding.check,
    finding.message,
    finding.tool,
  ]);
  return (
    <Section
      title={title}
      actions={
        rows.length > 0 && (
          <CsvButton fileName={title} rows={() => [head, ...rows]} />
        )
      }
    >
      <CheckedText {...props} />
      {rows.length > 0 && (
        <ScrollTable caption={t('integrity.caption')}>
          <TableHead>
            <TableRow>
              {head.map(column => (
                <TableCell key={column}>{column}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.slice(0, MOST_ROWS).map((row, place) => (
              <TableRow key={place}>
                {row.map((cell, column) => (
                  <TableCell
                    key={head[column]}
                    sx={{ minWidth: COLUMNS[column] === 'message' ? 200 : 96 }}
                  >
                    {cell ?? '–'}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </ScrollTable>
      )}
      {rows.length > MOST_ROWS &&
        tChart('tableMore', {
          shown: String(MOST_ROWS),
          all: String(rows.length),
        })}
    </Section>
  );
}
