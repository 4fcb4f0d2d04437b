import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Typography from '@mui/material/Typography';
import { FieldProps } from './FieldProps';
import { formTranslationRef } from './messages';

const TARGETS = ['sagemaker', 'azureml', 'databricks', 'kubernetes'] as const;

/** Where a model is trained and served besides the own machine, with what each choice brings. */
export function TargetPicker(props: FieldProps<string[]>) {
  const { formData = [], onChange, schema } = props;
  const { t } = useTranslationRef(formTranslationRef);
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0 }}>
      <Typography component="legend" variant="subtitle1">
        {schema.title}
      </Typography>
      <FormHelperText>{schema.description}</FormHelperText>
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: 'repeat(auto-fill, minmax(15rem, 1fr))',
          mt: 1,
        }}
      >
        {TARGETS.map(id => (
          <FormControlLabel
            key={id}
            sx={{
              alignItems: 'flex-start',
              border: 1,
              borderColor: formData.includes(id) ? 'primary.main' : 'divider',
              borderRadius: 1,
              m: 0,
              p: 1,
            }}
            control={
              <Checkbox
                checked={formData.includes(id)}
                onChange={(_, checked) =>
                  onChange(
                    checked
                      ? [...formData, id]
                      : formData.filter(each => each !== id),
                  )
                }
              />
            }
            label={
              <>
                <Typography component="span" variant="body1">
                  {t(`targets.${id}.title`)}
                </Typography>
                <Typography
                  component="span"
                  variant="body2"
                  color="text.secondary"
                  sx={{ display: 'block' }}
                >
                  {t(`targets.${id}.about`)}
                </Typography>
              </>
            }
          />
        ))}
      </Box>
    </Box>
  );
}
