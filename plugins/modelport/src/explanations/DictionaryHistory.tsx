import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ReasonCodeRevision } from '@modelport/plugin-modelport-common';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { Age } from '../components/Age';
import { EntityText } from '../components/EntityText';
import { ScrollTable } from '../components/ScrollTable';
import { explanationTranslationRef } from './messages';

/** Dictionaries that were written in the portal, and what became of each. */
export function DictionaryHistory(props: {
  items: ReadonlyArray<ReasonCodeRevision>;
}) {
  const { t } = useTranslationRef(explanationTranslationRef);
  const title = t('dictionary.history');
  return (
    <>
      <Typography variant="subtitle1" component="h3">
        {title}
      </Typography>
      <ScrollTable caption={title}>
        <TableHead>
          <TableRow>
            {(
              [
                'number',
                'version',
                'state',
                'proposed',
                'decided',
                'comment',
              ] as const
            ).map(key => (
              <TableCell key={key}>{t(`dictionary.columns.${key}`)}</TableCell>
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
              <TableCell>
                {[item.comment, item.decisionComment]
                  .filter(Boolean)
                  .join(' – ')}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </ScrollTable>
    </>
  );
}
