import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Typography from '@mui/material/Typography';
import { FieldProps } from './FieldProps';

const TARGETS = [
  {
    id: 'sagemaker',
    title: 'SageMaker',
    about: 'A pipeline that trains and registers, an endpoint with a canary',
  },
  {
    id: 'azureml',
    title: 'Azure ML',
    about: 'A job, and an endpoint that is tried before it gets traffic',
  },
  {
    id: 'databricks',
    title: 'Databricks',
    about: 'A bundle: a job, a model in Unity Catalog, an endpoint',
  },
  {
    id: 'kubernetes',
    title: 'Kubernetes with KServe',
    about: 'An InferenceService, a job that monitors, a network policy',
  },
];

/** Where a model is trained and served besides the own machine, with what each choice brings. */
export function TargetPicker(props: FieldProps<string[]>) {
  const { formData = [], onChange, schema } = props;
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
        {TARGETS.map(({ id, title, about }) => (
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
                  {title}
                </Typography>
                <Typography
                  component="span"
                  variant="body2"
                  color="text.secondary"
                  sx={{ display: 'block' }}
                >
                  {about}
                </Typography>
              </>
            }
          />
        ))}
      </Box>
    </Box>
  );
}
