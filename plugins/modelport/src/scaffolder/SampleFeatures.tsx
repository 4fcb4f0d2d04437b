import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormHelperText from '@mui/material/FormHelperText';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { ScrollTable } from '../components/ScrollTable';
import { FieldProps } from './FieldProps';
import { formTranslationRef } from './messages';
import { FormColumns } from './sample/columnsOfSample';

/** Tasks whose label is yes or no. */
const YES_OR_NO = ['binary', 'matching'];

/** The features that a sample gave, to be looked at: all of the sample that becomes part of the form. */
export function SampleFeatures(props: FieldProps<Partial<FormColumns>>) {
  const { formData, formContext, onChange, rawErrors = [], schema } = props;
  const { t } = useTranslationRef(formTranslationRef);
  const { numeric = [], categorical = [], classes, label } = formData ?? {};
  // a forecast may have none but those of its history
  if (numeric.length === 0 && !label) {
    return (
      <Box>
        <Typography variant="subtitle1">{schema.title}</Typography>
        <FormHelperText>{t('features.none')}</FormHelperText>
      </Box>
    );
  }
  const between = ({ low, high }: { low: number; high: number }) =>
    t('features.between', { low: String(low), high: String(high) });
  const rows = [
    ...numeric.map(each => [each.name, between(each)]),
    ...categorical.map(({ name, categories }) => [name, categories.join(', ')]),
  ];
  const isYesOrNo = YES_OR_NO.includes(String(formContext?.formData?.task));
  return (
    <Box>
      <Typography variant="subtitle1">{schema.title}</Typography>
      <FormHelperText>{schema.description}</FormHelperText>
      <Box sx={{ maxHeight: 320, overflow: 'auto', my: 1 }}>
        <ScrollTable caption={schema.title ?? ''}>
          <TableHead>
            <TableRow>
              <TableCell>{t('features.column')}</TableCell>
              <TableCell>{t('features.values')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map(([name, values]) => (
              <TableRow key={name}>
                <TableCell
                  component="th"
                  scope="row"
                  sx={{ overflowWrap: 'anywhere' }}
                >
                  {name}
                </TableCell>
                <TableCell sx={{ overflowWrap: 'anywhere' }}>
                  {values}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </ScrollTable>
      </Box>
      {label && (
        <Typography variant="body2">
          {t('features.label', { range: between(label) })}
        </Typography>
      )}
      {classes && (
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          {isYesOrNo
            ? t('features.words', { no: classes[0], yes: classes[1] })
            : t('features.classes', { classes: classes.join(', ') })}
        </Typography>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1 }}>
        {classes && isYesOrNo && (
          <Button
            size="small"
            variant="outlined"
            onClick={() =>
              onChange({ ...formData, classes: [...classes].reverse() })
            }
          >
            {t('features.swap')}
          </Button>
        )}
        <Button
          size="small"
          variant="outlined"
          onClick={() => onChange(undefined)}
        >
          {t('features.leave')}
        </Button>
      </Box>
      {rawErrors.map(error => (
        <FormHelperText key={error} error>
          {error}
        </FormHelperText>
      ))}
    </Box>
  );
}
