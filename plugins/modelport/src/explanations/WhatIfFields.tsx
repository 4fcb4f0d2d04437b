import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ExplainableModel } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { explanationTranslationRef } from './messages';
import { RowOfFields } from './whatIfRow';

/** A field for each feature of a model: a number, or one of its categories. */
export function WhatIfFields(props: {
  model: Pick<ExplainableModel, 'features' | 'categories'>;
  values: RowOfFields;
  wrong: string | undefined;
  onChange: (values: RowOfFields) => void;
}) {
  const { model, values, wrong, onChange } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 210px), 1fr))',
        gap: 1.5,
        mb: 1,
      }}
    >
      {model.features.map(feature => {
        const names = model.categories[feature] ?? [];
        return (
          <TextField
            key={feature}
            size="small"
            label={feature}
            select={names.length > 0}
            SelectProps={{ native: true }}
            InputLabelProps={names.length > 0 ? { shrink: true } : undefined}
            value={values[feature] ?? ''}
            error={wrong === feature}
            helperText={
              wrong === feature
                ? t('whatIf.invalid', { value: values[feature] })
                : undefined
            }
            inputProps={{ inputMode: 'decimal' }}
            onChange={event =>
              onChange({ ...values, [feature]: event.target.value })
            }
          >
            {names.length > 0 &&
              ['', ...names].map(name => (
                <option key={name} value={name}>
                  {name || t('row.missing')}
                </option>
              ))}
          </TextField>
        );
      })}
    </Box>
  );
}
