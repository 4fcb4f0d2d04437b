import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Source } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Age } from '../components/Age';
import { LongText } from '../components/LongText';
import { ScrollTable } from '../components/ScrollTable';
import { sourceTranslationRef } from './messages';

/** What went wrong in the last pass, where and when. */
export function SourceErrors(props: { source: Source }) {
  const { id, errors } = props.source;
  const { t } = useTranslationRef(sourceTranslationRef);
  if (errors.length === 0) {
    return null;
  }
  return (
    <Box>
      <Typography variant="subtitle2" component="h3" gutterBottom>
        {t('errors.title', { count: errors.length })}
      </Typography>
      <ScrollTable caption={t('errors.table', { source: id })}>
        <TableHead>
          <TableRow>
            <TableCell>{t('errors.where')}</TableCell>
            <TableCell>{t('errors.message')}</TableCell>
            <TableCell>{t('errors.at')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {errors.map(({ where, message, at }, row) => (
            <TableRow key={row}>
              <TableCell sx={{ overflowWrap: 'anywhere' }}>{where}</TableCell>
              <TableCell>
                <LongText text={message} limit={300} />
              </TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>
                <Age time={at} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
    </Box>
  );
}
