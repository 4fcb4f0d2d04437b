import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import DeleteOutlineIcon from '@mui/icons-material/DeleteOutline';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormHelperText from '@mui/material/FormHelperText';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { messageOf } from '../components/FailedState';
import { FieldProps } from './FieldProps';
import { formApiRef, Gate, TaskFacts } from './formApi';
import { formTranslationRef } from './messages';

/** A gate while it is written; without a value, the form does not go on. */
export type WrittenGate = Omit<Gate, 'value'> & Partial<Pick<Gate, 'value'>>;

const RULES = ['at_least', 'at_most'] as const;

/** What a version has to reach on its test rows, by the metrics that the task of the form has. */
export function GateEditor(props: FieldProps<WrittenGate[]>) {
  const { formContext, onChange, schema } = props;
  const api = useApi(formApiRef);
  const { t } = useTranslationRef(formTranslationRef);
  const task = String(formContext?.formData?.task ?? 'binary');
  const [facts, setFacts] = useState<TaskFacts & { task: string }>();
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    let current = true;
    api.task(task).then(
      found => {
        if (current) {
          setFacts({ ...found, task });
          setProblem(undefined);
        }
      },
      error => current && setProblem(messageOf(error)),
    );
    return () => {
      current = false;
    };
  }, [api, task]);

  const given = props.formData ?? [];
  const isOfOtherTask =
    facts?.task === task &&
    given.some(({ metric }) => !facts.metrics.includes(metric));
  useEffect(() => {
    if (isOfOtherTask) {
      onChange(undefined);
    }
  }, [isOfOtherTask, onChange]);

  if (problem !== undefined) {
    return (
      <Alert severity="warning">
        {t('gates.failed', { message: problem })}
      </Alert>
    );
  }
  if (facts?.task !== task) {
    return <Skeleton variant="rounded" height={120} />;
  }
  const gates: WrittenGate[] =
    given.length === 0 || isOfOtherTask ? facts.gates : given;
  const put = (index: number, change: Partial<WrittenGate>) =>
    onChange(
      gates.map((gate, place) =>
        place === index ? { ...gate, ...change } : gate,
      ),
    );
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0 }}>
      <Typography component="legend" variant="subtitle1">
        {schema.title}
      </Typography>
      {gates.map((gate, index) => (
        <Box
          key={index}
          sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, my: 1.5 }}
        >
          <TextField
            select
            size="small"
            label={t('gates.metric')}
            value={gate.metric}
            onChange={event => put(index, { metric: event.target.value })}
            sx={{ flex: '1 1 12rem' }}
          >
            {facts.metrics.map(metric => (
              <MenuItem key={metric} value={metric}>
                {metric}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            select
            size="small"
            label={t('gates.rule')}
            value={gate.rule}
            onChange={event =>
              put(index, {
                rule: event.target.value === 'at_most' ? 'at_most' : 'at_least',
              })
            }
            sx={{ flex: '0 1 8rem' }}
          >
            {RULES.map(rule => (
              <MenuItem key={rule} value={rule}>
                {t(`gates.rules.${rule}`)}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            type="number"
            size="small"
            label={t('gates.value')}
            value={gate.value ?? ''}
            error={gate.value === undefined}
            helperText={
              gate.value === undefined ? t('gates.number') : undefined
            }
            onChange={({ target }) =>
              put(index, {
                value: target.value === '' ? undefined : Number(target.value),
              })
            }
            inputProps={{ step: 'any' }}
            sx={{ flex: '0 1 7rem' }}
          />
          <IconButton
            disabled={gates.length === 1}
            aria-label={t('gates.remove', { metric: gate.metric })}
            onClick={() => onChange(gates.filter((_, at) => at !== index))}
          >
            <DeleteOutlineIcon />
          </IconButton>
        </Box>
      ))}
      <Button
        size="small"
        onClick={() =>
          onChange([
            ...gates,
            { metric: facts.metrics[0], rule: 'at_least', value: 0 },
          ])
        }
      >
        {t('gates.add')}
      </Button>
      <FormHelperText>{schema.description}</FormHelperText>
    </Box>
  );
}
