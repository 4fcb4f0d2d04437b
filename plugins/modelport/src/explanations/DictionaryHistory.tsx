import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ReasonCodeRevision } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Age } from '../components/Age';
import { CsvButton } from '../components/CsvButton';
import { EntityText } from '../components/EntityText';
import { ScrollTable } from '../components/ScrollTable';
import { explanationTranslationRef } from './messages';

const COLUMNS = [
  'number',
  'version',
  'state',
  'proposed',
  'decided',
  'comment',
] as const;

/** Dictionaries that were written in the portal, and what became of each. */
export function DictionaryHistory(props: {
  items: ReadonlyArray<ReasonCodeRevision>;
}) {
  const { t } = useTranslationRef(explanationTranslationRef);
  const title = t('dictionary.history');
  const columns = COLUMNS.map(key => t(`dictionary.columns.${key}`));
  const csv = () => [
    columns,
    ...props.items.map(item => [
      item.revision,
      item.version,
      t(`dictionary.states.${item.state}`),
      `${item.proposedBy} ${item.proposedAt}`,
      [item.decidedBy, item.decidedAt].filter(Boolean).join(' '),
      commentsOf(item),
    ]),
  ];
  return (
    <>
      <Box sx={{ display: 'flex', justifyContent: 'space-between' }}>
        <Typography variant="subtitle1" component="h3">
          {title}
        </Typography>
        <CsvButton fileName={title} rows={csv} />
      </Box>
      <ScrollTable caption={title}>
        <TableHead>
          <TableRow>
            {columns.map(column => (
              <TableCell key={column}>{column}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {props.items.map(item => (
            <TableRow key={item.revision}>
              <TableCell>{item.revision}</TableCell>
              <TableCell>{item.version}</TableCell>
              <TableCell>{t(`dictionary.states.${item.state}`)}</TableCell>
              <TableCell>
                <EntityText text={item.proposedBy} />,{' '}
                <Age time={item.proposedAt} />
              </TableCell>
              <TableCell>
                {item.decidedBy && item.decidedAt ? (
                  <>
                    <EntityText text={item.decidedBy} />,{' '}
                    <Age time={item.decidedAt} />
                  </>
                ) : (
                  '–'
                )}
              </TableCell>
              <TableCell>{commentsOf(item)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
    </>
  );
}

function commentsOf(item: ReasonCodeRevision): string {
  return [item.comment, item.decisionComment].filter(Boolean).join(' – ');
}
