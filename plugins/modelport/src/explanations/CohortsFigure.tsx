import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Explanation,
  ExplanationColumns,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { FormEvent, useEffect, useMemo, useState } from 'react';
import { CsvButton } from '../components/CsvButton';
import { formatDelta, formatFigure } from '../components/formatFigure';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing } from '../components/Section';
import { groupColumns } from './groupColumns';
import { GroupToggle, useGrouped } from './GroupToggle';
import { explanationTranslationRef } from './messages';
import { RowFilterError } from './rowFilter';
import { Cohort, cohorts, filterColumns, median } from './splitRows';
import { useExplanationView } from './useExplanationView';

const NO_ROWS: Cohort = { rows: 0, meanAbs: new Map() };

/** What drives the rows that one filter takes, against those of another one. */
export default function CohortsFigure(props: {
  columns: ExplanationColumns;
  explanation: Explanation;
}) {
  const { columns, explanation } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const { view, change } = useExplanationView();
  const grouped = useGrouped(explanation);
  const start = useMemo(() => startOf(columns), [columns]);
  const first = view.cohort ?? start;
  const second = view.others ?? '';
  const [typed, setTyped] = useState({ first, second });
  useEffect(() => setTyped({ first, second }), [first, second]);
  const {
    groups: [below, above],
    fewestApart,
    problem,
  } = useMemo(() => {
    try {
      const rows = columns.rowIds.length;
      const told = grouped
        ? groupColumns(columns.columns, explanation.features)
        : columns.columns;
      return {
        ...cohorts(told, rows, first, second, filterColumns(columns)),
        problem: undefined,
      };
    } catch (error) {
      return {
        groups: [NO_ROWS, NO_ROWS],
        fewestApart: 0,
        problem: problemOf(error),
      };
    }
  }, [columns, explanation, first, grouped, second]);
  if (!start) {
    return null;
  }
  const title = t('cohorts.title');
  const names = {
    below: `${first} (${formatFigure(below.rows)})`,
    above: `${second || t('cohorts.others')} (${formatFigure(above.rows)})`,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change({ cohort: typed.first.trim(), others: typed.second.trim() });
  };
  const { smallestGroup } = explanation;
  const isSmall = Math.min(below.rows, above.rows) < smallestGroup;
  const tooFew = isSmall || fewestApart < smallestGroup;
  const heads = [
    t('importance.feature'),
    names.below,
    names.above,
    t('cohorts.difference'),
  ];
  const ranked = (grouped ? explanation.groups : explanation.features).map(
    ({ name }) => name,
  );
  const lines = [
    ...ranked.filter(name => below.meanAbs.has(name)),
    ...[...below.meanAbs.keys()].filter(name => !ranked.includes(name)),
  ].map(name => ({
    name,
    below: below.meanAbs.get(name) ?? 0,
    above: above.meanAbs.get(name) ?? 0,
  }));
  return (
    <Box sx={{ mt: 3 }}>
      <Typography variant="subtitle1" component="h3" sx={{ mb: 1 }}>
        {title}
      </Typography>
      <Box
        component="form"
        onSubmit={submit}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 1 }}
      >
        <TextField
          size="small"
          label={t('cohorts.first')}
          value={typed.first}
          error={problem !== undefined}
          onChange={event => setTyped({ ...typed, first: event.target.value })}
          sx={{ flex: '1 1 200px' }}
        />
        <TextField
          size="small"
          label={t('cohorts.second')}
          placeholder={t('cohorts.others')}
          InputLabelProps={{ shrink: true }}
          value={typed.second}
          error={problem !== undefined}
          onChange={event => setTyped({ ...typed, second: event.target.value })}
          sx={{ flex: '1 1 200px' }}
        />
        <Button type="submit" variant="outlined">
          {t('cohorts.compare')}
        </Button>
        <GroupToggle explanation={explanation} />
        <CsvButton
          fileName={title}
          rows={() => [
            heads,
            ...(tooFew
              ? []
              : lines.map(line => [
                  line.name,
                  line.below,
                  line.above,
                  line.above - line.below,
                ])),
          ]}
        />
      </Box>
      {problem !== undefined && (
        <Alert severity="error" role="alert">
          {t(`cohorts.${problem.reason}`, { what: `“${problem.what}”` })}
        </Alert>
      )}
      {problem === undefined && tooFew && (
        <Nothing>
          {isSmall
            ? t('cohorts.tooFew', {
                below: String(below.rows),
                above: String(above.rows),
                smallest: String(smallestGroup),
              })
            : t('cohorts.tooNear', { smallest: String(smallestGroup) })}
        </Nothing>
      )}
      {problem === undefined && !tooFew && (
        <ScrollTable caption={title}>
          <TableHead>
            <TableRow>
              {heads.map(head => (
                <TableCell key={head}>{head}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {lines.map(line => (
              <TableRow key={line.name}>
                <TableCell>{line.name}</TableCell>
                <TableCell>{formatFigure(line.below)}</TableCell>
                <TableCell>{formatFigure(line.above)}</TableCell>
                <TableCell>{formatDelta(line.above - line.below)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </ScrollTable>
      )}
      <Typography variant="caption" component="p" color="text.secondary">
        {t('cohorts.what')}
      </Typography>
    </Box>
  );
}

function problemOf(error: unknown): RowFilterError {
  if (error instanceof RowFilterError) {
    return error;
  }
  throw error;
}

/** A filter to begin with: the upper half of the first feature with numbers, or of the output; empty where there is none. */
function startOf(columns: ExplanationColumns): string {
  const column = filterColumns(columns).find(
    ({ categories, values }) =>
      categories.length === 0 && values.some(value => value !== null),
  );
  return column ? `"${column.feature}" >= ${median(column.values)}` : '';
}
