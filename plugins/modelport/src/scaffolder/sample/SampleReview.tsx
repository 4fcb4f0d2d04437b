import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Typography from '@mui/material/Typography';
import { useEffect, useMemo, useState } from 'react';
import { formApiRef, TaskFacts } from '../formApi';
import { formTranslationRef } from '../messages';
import { answersOfRoles, SampleAnswers } from './answersOfRoles';
import { ColumnsOfSample, columnsOfSample } from './columnsOfSample';
import { SampleProfile } from './profileSample';
import { proposeRoles, Role, rolesOf, withRole } from './proposeRoles';
import { SampleColumns } from './SampleColumns';

/** Tasks that a label alone tells from each other; the others are chosen by people who know why. */
const TOLD_BY_LABEL = ['binary', 'multiclass', 'regression'];

/** What a sample seems to hold, to be looked at, changed and taken. */
export function SampleReview(props: {
  name: string;
  profile: SampleProfile;
  /** The task of the form. */
  task: string;
  onFill: (answers: SampleAnswers & { task?: string }) => void;
}) {
  const { name, profile, task, onFill } = props;
  const { t } = useTranslationRef(formTranslationRef);
  const api = useApi(formApiRef);
  const [changed, setChanged] = useState<Array<[string, Role | undefined]>>([]);
  const [loaded, setLoaded] = useState<{ of: string; facts?: TaskFacts }>();
  const [takesTask, setTakesTask] = useState(true);
  const [filled, setFilled] = useState<{ what: string[]; notes: string[] }>();
  const proposal = useMemo(() => proposeRoles(profile, task), [profile, task]);
  const roles = changed.reduce(
    (before, [column, role]) => withRole(before, column, role),
    proposal.roles,
  );
  const offered =
    proposal.task !== task && TOLD_BY_LABEL.includes(task)
      ? proposal.task
      : null;
  const wanted = (takesTask && offered) || task;

  useEffect(() => {
    let current = true;
    // without it, the check of the answers says the same later
    api.task(wanted).then(
      facts => current && setLoaded({ of: wanted, facts }),
      () => current && setLoaded({ of: wanted }),
    );
    return () => {
      current = false;
    };
  }, [api, wanted]);

  const isLoaded = loaded?.of === wanted;
  const facts = isLoaded ? loaded.facts : undefined;

  const fill = () => {
    const possible = rolesOf(wanted);
    const usable = [...roles].filter(([, role]) => possible.includes(role));
    const chosen = takesTask && offered ? { task: offered } : {};
    const shape: ColumnsOfSample = facts
      ? columnsOfSample(profile, new Map(usable), wanted, facts.reserved)
      : { columns: undefined, left: [] };
    const { columns, left } = shape;
    const lacks = facts ? shape.lacks : 'facts';
    onFill({
      // with its features, what another file had is gone
      ...(columns && { id: undefined, time: undefined }),
      ...(columns && { series: undefined, query: undefined }),
      ...answersOfRoles(new Map(usable)),
      ...chosen,
      columns,
    });
    setFilled({
      what: [
        ...(takesTask && offered
          ? [t('sample.filledTask', { task: t(`sample.tasks.${offered}`) })]
          : []),
        ...usable.map(([column, role]) =>
          t('sample.filledRole', { column, role: t(`sample.roles.${role}`) }),
        ),
        ...(columns
          ? [
              t('sample.filledFeatures', {
                numbers: String(columns.numeric.length),
                categories: String(columns.categorical.length),
              }),
            ]
          : []),
      ],
      notes: [
        ...(lacks ? [t(`sample.lacks.${lacks}`)] : []),
        ...(columns && wanted === 'forecasting'
          ? [
              ...(usable.some(([, role]) => role === 'series')
                ? []
                : [t('sample.noSeries')]),
              t('sample.ahead'),
            ]
          : []),
        ...(columns && left.length > 0
          ? [t('sample.left', { names: left.join(', ') })]
          : []),
        ...(usable.some(([, role]) => role === 'personal')
          ? [t('sample.personal')]
          : []),
      ],
    });
  };
  const counts = {
    name,
    rows: String(profile.rows),
    columns: String(profile.columns.length),
  };
  return (
    <Box sx={{ mt: 1.5 }}>
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        {profile.isWhole ? t('sample.read', counts) : t('sample.head', counts)}{' '}
        {t('sample.guess')}
      </Typography>
      {[
        ...profile.notes,
        ...(profile.nested.length > 0
          ? [t('sample.nested', { names: profile.nested.join(', ') })]
          : []),
      ].map(note => (
        <Typography
          key={note}
          variant="body2"
          color="text.secondary"
          sx={{ overflowWrap: 'anywhere' }}
        >
          {note}
        </Typography>
      ))}
      <Box sx={{ my: 1 }}>
        <SampleColumns
          columns={profile.columns}
          rows={profile.rows}
          roles={roles}
          task={wanted}
          onChoose={(column, role) => {
            setChanged([...changed, [column, role]]);
            setFilled(undefined);
          }}
        />
      </Box>
      {offered && (
        <FormControlLabel
          control={
            <Checkbox
              checked={takesTask}
              onChange={(_, checked) => setTakesTask(checked)}
            />
          }
          label={t('sample.task', { task: t(`sample.tasks.${offered}`) })}
          sx={{ display: 'flex' }}
        />
      )}
      <Button
        variant="contained"
        size="small"
        disabled={!isLoaded}
        onClick={fill}
      >
        {t('sample.fill')}
      </Button>
      {filled && (
        <Alert
          severity={filled.what.length > 0 ? 'success' : 'info'}
          role="status"
          sx={{ mt: 1, overflowWrap: 'anywhere' }}
        >
          {filled.what.length > 0
            ? t('sample.filled', { what: filled.what.join('; ') })
            : t('sample.filledNothing')}{' '}
          {filled.notes.join(' ')}
        </Alert>
      )}
    </Box>
  );
}
