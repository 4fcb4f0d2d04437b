import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Explanation,
  ExplanationColumns,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useMemo, useState } from 'react';
import { CsvButton } from '../components/CsvButton';
import { formatDelta, formatFigure } from '../components/formatFigure';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing } from '../components/Section';
import { explanationTranslationRef } from './messages';
import { median, splitRows } from './splitRows';
import { useExplanationView } from './useExplanationView';

/** What drives the rows with a value from a bound on, against the others. */
export default function CohortsFigure(props: {
  columns: ExplanationColumns;
  explanation: Explanation;
}) {
  const { columns, explanation } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const { view, change } = useExplanationView();
  const splittable = columns.columns.filter(
    column =>
      column.categories.length === 0 &&
      column.values.some(value => value !== null),
  );
  const by =
    splittable.find(({ feature }) => feature === view.cohort) ?? splittable[0];
  const middle = useMemo(() => median(by?.values ?? []), [by]);
  const bound =
    view.bound !== undefined && Number.isFinite(Number(view.bound))
      ? Number(view.bound)
      : middle;
  const [typed, setTyped] = useState(String(bound));
  useEffect(() => setTyped(String(bound)), [bound]);
  const { below, above } = useMemo(
    () => splitRows(columns, by?.feature, bound),
    [columns, by, bound],
  );
  if (!by) {
    return null;
  }
  const title = t('cohorts.title');
  const names = {
    below: `${by.feature} < ${formatFigure(bound)} (${formatFigure(
      below.rows,
    )})`,
    above: `${by.feature} ≥ ${formatFigure(bound)} (${formatFigure(
      above.rows,
    )})`,
  };
  const tooFew = Math.min(below.rows, above.rows) < explanation.smallestGroup;
  const heads = [
    t('importance.feature'),
    names.below,
    names.above,
    t('cohorts.difference'),
  ];
  const lines = explanation.features.map(({ name }) => ({
    name,
    below: below.meanAbs.get(name) ?? 0,
    above: above.meanAbs.get(name) ?? 0,
  }));
  return (
    <Box sx={{ mt: 3 }}>
      <Typography variant="subtitle1" component="h3" sx={{ mb: 1 }}>
        {title}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 1 }}>
        <TextField
          select
          size="small"
          label={t('cohorts.by')}
          value={by.feature}
          onChange={event => change({ cohort: event.target.value, bound: '' })}
          SelectProps={{ native: true }}
          sx={{ minWidth: 140 }}
        >
          {splittable.map(({ feature }) => (
            <option key={feature} value={feature}>
              {feature}
            </option>
          ))}
        </TextField>
        <TextField
          size="small"
          label={t('cohorts.from')}
          value={typed}
          inputProps={{ inputMode: 'decimal' }}
          onChange={event => setTyped(event.target.value)}
          onBlur={() => change({ bound: typed })}
          onKeyDown={event => {
            if (event.key === 'Enter') {
              change({ bound: typed });
            }
          }}
        />
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
      {tooFew ? (
        <Nothing>
          {t('cohorts.tooFew', {
            below: String(below.rows),
            above: String(above.rows),
            smallest: String(explanation.smallestGroup),
          })}
        </Nothing>
      ) : (
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
