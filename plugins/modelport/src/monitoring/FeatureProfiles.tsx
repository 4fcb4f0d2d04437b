import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FeatureProfile } from '@modelport/plugin-modelport-common';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { CsvButton } from '../components/CsvButton';
import { formatFigure } from '../components/formatFigure';
import { ScrollTable } from '../components/ScrollTable';
import { Section } from '../components/Section';
import { monitoringTranslationRef } from './messages';
import { DistributionTable } from './DistributionTable';
import { windowLabel } from './windowLabel';

const COUNTS = ['n', 'missing', 'unseen', 'outside'] as const;

/** How many values of a feature are there, missing, unseen and out of range, by window. */
export function FeatureProfiles(props: { profile: FeatureProfile }) {
  const { tool, windows } = props.profile;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const title = t('feature.profile.title', { tool });
  const head = [
    t('feature.columns.window'),
    t('feature.columns.period'),
    ...COUNTS.map(key => t(`feature.profile.${key}`)),
  ];
  const rows = windows.map(window => [
    windowLabel(window.start, window.end),
    t(`period.${window.period}`),
    ...COUNTS.map(key => window[key]),
  ]);
  return (
    <Section
      title={title}
      actions={<CsvButton fileName={title} rows={() => [head, ...rows]} />}
    >
      <DistributionTable windows={windows} />
      <ScrollTable caption={t('feature.profile.caption')}>
        <TableHead>
          <TableRow>
            {head.map(column => (
              <TableCell key={column}>{column}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row, place) => (
            <TableRow key={place}>
              {row.map((cell, column) => (
                <TableCell key={head[column]}>
                  {typeof cell === 'number' ? formatFigure(cell) : cell ?? '–'}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
    </Section>
  );
}
