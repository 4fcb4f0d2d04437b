import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';
import { modelportApiRef } from '../api/modelportApi';
import { FieldProps } from './FieldProps';
import { findModelNameProblem } from './findModelNameProblem';

const PAUSE_MS = 300;

interface Answer {
  name: string;
  problem?: string;
}

/** The name of a new model, which says while it is written whether it can be had. */
export function ModelNameField(props: FieldProps<string>) {
  const { formData = '', onChange, rawErrors = [], required, schema } = props;
  const modelport = useApi(modelportApiRef);
  const catalog = useApi(catalogApiRef);
  const [answer, setAnswer] = useState<Answer>({ name: '' });

  useEffect(() => {
    if (!formData) {
      return undefined;
    }
    let current = true;
    const take = (problem?: string) => {
      if (current) {
        setAnswer({ name: formData, problem });
      }
    };
    const timer = setTimeout(
      () =>
        findModelNameProblem(formData, { modelport, catalog }).then(take, () =>
          take('could not be looked up; it is checked again when it is made'),
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
  return (
    <TextField
      label={schema.title ?? 'Name'}
      value={formData}
      onChange={event => onChange(event.target.value)}
      required={required}
      error={rawErrors.length > 0 || problem !== undefined}
      helperText={helperText({ schema, formData, known, problem })}
      inputProps={{ autoComplete: 'off', spellCheck: false }}
      fullWidth
    />
  );
}

function helperText(state: {
  schema: { description?: string };
  formData: string;
  known: boolean;
  problem?: string;
}): string | undefined {
  if (state.problem !== undefined) {
    return `This name ${state.problem}.`;
  }
  return state.known
    ? `Free. Its Python package is ${state.formData.replace(/-/g, '_')}.`
    : state.schema.description;
}
