import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import { ScrollTable } from '../../components/ScrollTable';
import { formTranslationRef } from '../messages';
import { ColumnProfile } from './profileSample';
import { Role, rolesOf, TAKEN_NAME } from './proposeRoles';

/** The columns of a sample, each with what it holds and what it is to be used as. */
export function SampleColumns(props: {
  columns: ColumnProfile[];
  rows: number;
  roles: ReadonlyMap<string, Role>;
  task: string;
  onChoose: (name: string, role: Role | undefined) => void;
}) {
  const { columns, rows, roles, task, onChoose } = props;
  const { t } = useTranslationRef(formTranslationRef);
  const possible = rolesOf(task);
  const share = (missing: number) =>
    missing === 0 ? '0' : `${missing} (${Math.ceil((100 * missing) / rows)} %)`;
  return (
    <Box sx={{ maxHeight: 440, overflow: 'auto' }}>
      <ScrollTable caption={t('sample.table')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('sample.column')}</TableCell>
            <TableCell>{t('sample.use')}</TableCell>
            <TableCell>{t('sample.type')}</TableCell>
            <TableCell align="right">{t('sample.missing')}</TableCell>
            <TableCell align="right">{t('sample.distinct')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {columns.map(column => {
            const { name, type, personal, distinct, hasMoreDistinct } = column;
            const isUsable = TAKEN_NAME.test(name);
            return (
              <TableRow key={name}>
                <TableCell
                  component="th"
                  scope="row"
                  sx={{
                    minWidth: 140,
                    maxWidth: 260,
                    overflowWrap: 'anywhere',
                  }}
                >
                  {name}
                  {personal && (
                    <Box sx={{ typography: 'caption', color: 'warning.main' }}>
                      {t('sample.looksLike', {
                        kind: t(`sample.kinds.${personal}`),
                      })}
                    </Box>
                  )}
                  {!isUsable && (
                    <Box
                      sx={{ typography: 'caption', color: 'text.secondary' }}
                    >
                      {t('sample.odd')}
                    </Box>
                  )}
                </TableCell>
                <TableCell>
                  <TextField
                    select
                    size="small"
                    value={roles.get(name) ?? ''}
                    disabled={!isUsable}
                    onChange={({ target }) =>
                      onChoose(
                        name,
                        possible.find(role => role === target.value),
                      )
                    }
                    SelectProps={{ native: true }}
                    sx={{ minWidth: 168 }}
                    inputProps={{ 'aria-label': t('sample.useOf', { name }) }}
                  >
                    <option value="">{t('sample.roles.feature')}</option>
                    {possible.map(role => (
                      <option key={role} value={role}>
                        {t(`sample.roles.${role}`)}
                      </option>
                    ))}
                  </TextField>
                </TableCell>
                <TableCell>{t(`sample.types.${type}`)}</TableCell>
                <TableCell align="right">{share(column.missing)}</TableCell>
                <TableCell align="right">
                  {hasMoreDistinct
                    ? t('sample.more', { number: String(distinct) })
                    : distinct}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </ScrollTable>
    </Box>
  );
}
