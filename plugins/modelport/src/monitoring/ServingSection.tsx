import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Serving, ServingSeries } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Skeleton from '@mui/material/Skeleton';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { modelportApiRef, ModelId } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { formatFigure } from '../components/formatFigure';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing, Section } from '../components/Section';
import { monitoringTranslationRef } from './messages';
import { TimeFigure } from './TimeFigure';

const HOURS = [1, 24, 168, 720];
const DAY = 24;

const FIGURES = {
  requests: ['requests', 'predictions', 'errors'],
  latency: ['latency p50', 'latency p95', 'latency p99'],
  score: ['score p10', 'score p50', 'score p90'],
} as const;
const COLOURS = ['primary', 'secondary', 'limit'] as const;
const DASHES = ['solid', 'dashed', 'dotted'] as const;
const NAMES = ['requests', 'latency', 'score'] as const;

/** Telemetry of what serves a model; nothing where the portal is not told where it is. */
export function ServingSection(props: { id: ModelId }) {
  const { id } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const api = useApi(modelportApiRef);
  const [hours, setHours] = useState(DAY);
  const { value, error, retry } = useLoad(
    JSON.stringify([id, hours]),
    () => api.getServing(id, hours),
    { keepPrevious: true },
  );
  if (value?.configured === false) {
    return null;
  }
  return (
    <Section
      title={t('serving.title')}
      actions={
        <TextField
          select
          size="small"
          value={hours}
          inputProps={{ 'aria-label': t('serving.time') }}
          onChange={event => setHours(Number(event.target.value))}
        >
          {HOURS.map(one => (
            <MenuItem key={one} value={one}>
              {one <= DAY
                ? t('serving.hours', { count: one })
                : t('serving.days', { days: String(one / DAY) })}
            </MenuItem>
          ))}
        </TextField>
      }
    >
      {error && (
        <FailedState error={error} retry={retry} hasOldData={!!value} />
      )}
      {!value && !error && <Skeleton variant="rectangular" height={240} />}
      {value?.problem && (
        <Alert severity="warning">
          {t('serving.failed', { message: value.problem })}
        </Alert>
      )}
      {value && !value.problem && <Served serving={value} />}
    </Section>
  );
}

function Served(props: { serving: Serving }) {
  const { series, objectives, costPerThousand, currency } = props.serving;
  const { t } = useTranslationRef(monitoringTranslationRef);
  if (series.length === 0) {
    return <Nothing>{t('serving.none')}</Nothing>;
  }
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
      {costPerThousand !== null && (
        <Box sx={{ typography: 'body1' }}>
          {t('serving.cost', {
            amount: formatFigure(costPerThousand),
            currency: currency ?? '',
          })}
        </Box>
      )}
      {objectives.length > 0 && <Objectives objectives={objectives} />}
      {NAMES.map(name => {
        const shown = series.filter(one =>
          FIGURES[name].some(known => known === one.name),
        );
        return (
          shown.length > 0 && (
            <ServingFigure
              key={name}
              title={t(`serving.${name}`)}
              series={shown}
            />
          )
        );
      })}
    </Box>
  );
}

function Objectives(props: { objectives: Serving['objectives'] }) {
  const { t } = useTranslationRef(monitoringTranslationRef);
  const share = (value: number | null) =>
    value === null ? '–' : `${formatFigure(value * 100)} %`;
  return (
    <ScrollTable caption={t('serving.objectives')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('serving.objective')}</TableCell>
          <TableCell>{t('serving.target')}</TableCell>
          <TableCell>{t('serving.achieved')}</TableCell>
          <TableCell>{t('serving.budget')}</TableCell>
          <TableCell>{t('serving.spent')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {props.objectives.map(one => (
          <TableRow key={one.name}>
            <TableCell>{one.name}</TableCell>
            <TableCell>{share(one.target)}</TableCell>
            <TableCell>{share(one.achieved)}</TableCell>
            <TableCell>
              {one.budget === null ? '–' : formatFigure(one.budget)}
            </TableCell>
            <TableCell>
              {one.spent !== null && one.spent > 1
                ? t('serving.overspent', { share: share(one.spent) })
                : share(one.spent)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </ScrollTable>
  );
}

function ServingFigure(props: { title: string; series: ServingSeries[] }) {
  const { title, series } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const times = [
    ...new Set(series.flatMap(({ points }) => points.map(({ time }) => time))),
  ].sort();
  const values = series.map(
    ({ points }) => new Map(points.map(({ time, value }) => [time, value])),
  );
  const names = series.map(({ name, unit }) =>
    t('serving.series', { name, unit }),
  );
  return (
    <TimeFigure
      title={title}
      lines={series.map(({ points }, place) => ({
        label: names[place],
        colour: COLOURS[place] ?? 'quiet',
        dash: DASHES[place] ?? 'solid',
        bandLabel: null,
        points: points.map(({ time, value }) => ({
          time: Date.parse(time),
          value,
          lower: null,
          upper: null,
          marked: false,
        })),
      }))}
      columns={[t('serving.time'), ...names]}
      rows={times.map(time => [
        time,
        ...values.map(known => known.get(time) ?? null),
      ])}
    />
  );
}
