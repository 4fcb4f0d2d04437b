import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { FieldProps } from './FieldProps';
import { findModelNameProblem } from './findModelNameProblem';
import { formTranslationRef } from './messages';

const PAUSE_MS = 300;

interface Answer {
  name: string;
  problem?: string;
  /** Whether nobody could be asked. */
  unknown?: boolean;
}

/** The name of a new model, which says while it is written whether it can be had. */
export function ModelNameField(props: FieldProps<string>) {
  const { formData = '', onChange, rawErrors = [], required, schema } = props;
  const modelport = useApi(modelportApiRef);
  const catalog = useApi(catalogApiRef);
  const { t } = useTranslationRef(formTranslationRef);
  const [answer, setAnswer] = useState<Answer>({ name: '' });

  useEffect(() => {
    if (!formData) {
      return undefined;
    }
    let current = true;
    const take = (found: Omit<Answer, 'name'>) => {
      if (current) {
        setAnswer({ name: formData, ...found });
      }
    };
    const timer = setTimeout(
      () =>
        findModelNameProblem(formData, { modelport, catalog }).then(
          problem => take({ problem }),
          () => take({ unknown: true }),
        ),
      PAUSE_MS,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [formData, modelport, catalog]);

  const known = answer.name === formData && formData !== '';
  const problem = known ? answer.problem : undefined;
  let help = schema.description;
  if (problem !== undefined) {
    help = t('name.problem', { problem });
  } else if (known) {
    help = answer.unknown
      ? t('name.unknown')
      : t('name.free', { name: formData.replace(/-/g, '_') });
  }
  return (
    <TextField
      label={schema.title ?? t('name.label')}
      value={formData}
      onChange={event => onChange(event.target.value)}
      required={required}
      error={rawErrors.length > 0 || problem !== undefined}
      helperText={help}
      inputProps={{ autoComplete: 'off', spellCheck: false }}
      fullWidth
    />
  );
}
