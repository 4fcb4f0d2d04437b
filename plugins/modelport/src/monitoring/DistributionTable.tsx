import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ProfileWindow } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { formatFigure, formatShare } from '../components/formatFigure';
import { ScrollTable } from '../components/ScrollTable';
import { monitoringTranslationRef } from './messages';
import { windowLabel } from './windowLabel';

const MOST_BINS = 60;

/** How the newest window is spread beside the reference, bin by bin; bins that differ are never laid over each other. */
export function DistributionTable(props: { windows: ProfileWindow[] }) {
  const { windows } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const newest = (period: ProfileWindow['period']) =>
    windows.filter(one => one.period === period && one.counts).slice(-1)[0];
  const current = newest('current');
  const reference = newest('reference');
  if (!current) {
    return null;
  }
  const bins = binsOf(current);
  if (
    !reference ||
    JSON.stringify(binsOf(reference)) !== JSON.stringify(bins)
  ) {
    return (
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {reference
          ? t('feature.distribution.binsDiffer')
          : t('feature.distribution.noReference')}
      </Typography>
    );
  }
  const caption = t('feature.distribution.title', {
    window: windowLabel(current.start, current.end),
  });
  const sides = [
    { name: t('period.reference'), shares: sharesOf(reference) },
    { name: t('period.current'), shares: sharesOf(current) },
  ];
  return (
    <Box sx={{ mb: 2 }}>
      <Typography variant="body2">{caption}</Typography>
      <ScrollTable caption={caption}>
        <TableHead>
          <TableRow>
            <TableCell>{t('feature.distribution.bin')}</TableCell>
            {sides.map(({ name }) => (
              <TableCell key={name}>{name}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {bins.slice(0, MOST_BINS).map((bin, place) => (
            <TableRow key={bin}>
              <TableCell>{bin}</TableCell>
              {sides.map(({ name, shares }, side) => (
                <TableCell key={name} sx={{ width: '38%' }}>
                  <Box
                    sx={{
                      display: 'inline-block',
                      verticalAlign: 'middle',
                      height: 10,
                      width: `${70 * shares[place]}%`,
                      bgcolor: side === 0 ? 'text.disabled' : 'primary.main',
                      mr: 1,
                    }}
                  />
                  {formatShare(shares[place])}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
    </Box>
  );
}

function binsOf({ edges, categories }: ProfileWindow): string[] {
  if (categories) {
    return categories;
  }
  return (edges ?? [])
    .slice(0, -1)
    .map(
      (edge, place) =>
        `${formatFigure(edge)} – ${formatFigure((edges ?? [])[place + 1])}`,
    );
}

function sharesOf({ counts }: ProfileWindow): number[] {
  const all = (counts ?? []).reduce((sum, count) => sum + count, 0);
  return (counts ?? []).map(count => (all > 0 ? count / all : 0));
}
