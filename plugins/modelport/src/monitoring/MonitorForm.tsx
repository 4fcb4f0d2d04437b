import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Signature } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';
import { monitoringTranslationRef } from './messages';
import { MonitorColumnsFields } from './MonitorColumnsFields';
import { MonitorDataFields } from './MonitorDataFields';
import { DEFAULT_THRESHOLDS, Draft, textAt, valueAt } from './monitorDraft';
import { MonitorField } from './MonitorField';

const WINDOWS = ['hour', 'day', 'week', 'month', 'quarter'] as const;
const TASKS = ['probability', 'class', 'value'] as const;
const THRESHOLDS = [
  'psi',
  'jensenShannonDistance',
  'hellinger',
  'ks',
  'wassersteinScaled',
  'correlationShift',
  'pValue',
  'missingShare',
  'outsideShare',
  'unseenShare',
] as const;

/** The fields of a monitor. What is left empty is as the definition's defaults say, which are named. */
export function MonitorForm(props: {
  draft: Draft;
  signature: Signature | null;
  onChange: (draft: Draft) => void;
}) {
  const { draft, signature, onChange } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const of = { draft, onChange };
  const hasLabel = valueAt(draft, ['label']) !== undefined;
  return (
    <>
      <Part title={t('form.reference')} help={t('form.referenceHelp')}>
        <Fields>
          <MonitorDataFields
            {...of}
            path={['reference', 'data']}
            label={t('form.referenceData')}
            none={t('form.currentData')}
          />
        </Fields>
        <Fields>
          <MonitorField
            {...of}
            path={['reference', 'window', 'start']}
            label={t('form.referenceStart')}
            fallback="2026-01-01T00:00:00Z"
          />
          <MonitorField
            {...of}
            path={['reference', 'window', 'end']}
            label={t('form.referenceEnd')}
            fallback="2026-04-01T00:00:00Z"
          />
        </Fields>
      </Part>
      <Part title={t('form.current')} help={t('form.schedule')}>
        <Fields>
          <MonitorDataFields
            {...of}
            path={['current']}
            label={t('form.rows')}
            none={t('form.sent')}
          />
        </Fields>
        <Fields>
          <MonitorField
            {...of}
            path={['time', 'column']}
            label={t('form.timeColumn')}
          />
          <MonitorField
            {...of}
            path={['time', 'zone']}
            label={t('form.zone')}
            fallback="UTC"
          />
          <MonitorField
            {...of}
            path={['window']}
            label={t('form.window')}
            choices={WINDOWS.map(window => ({
              value: window === 'day' ? '' : window,
              label: t(`form.windows.${window}`),
            }))}
            usual="day"
          />
        </Fields>
      </Part>
      <Part title={t('form.columns')} help={t('form.columnsHelp')}>
        <MonitorColumnsFields {...of} signature={signature} />
      </Part>
      <Part title={t('form.label')} help={t('form.labelHelp')}>
        <Fields>
          <MonitorField
            {...of}
            path={['label', 'column']}
            label={t('form.labelColumn')}
          />
          {hasLabel && (
            <>
              <MonitorField
                {...of}
                path={['label', 'prediction']}
                label={t('form.prediction')}
                required
              />
              <MonitorField
                {...of}
                path={['label', 'task']}
                label={t('form.task')}
                required
                choices={TASKS.map(task => ({
                  value: task,
                  label: t(`form.tasks.${task}`),
                }))}
              />
              <MonitorField
                {...of}
                path={['label', 'maturesAfterDays']}
                label={t('form.matures')}
                fallback="0"
                number
              />
              <MonitorField
                {...of}
                path={['label', 'of']}
                label={t('form.labelsOf')}
                usual="all"
                choices={[
                  { value: '', label: t('form.labelsOfAll') },
                  { value: 'accepted-only', label: t('form.labelsOfAccepted') },
                ]}
              />
            </>
          )}
          {textAt(draft, ['label', 'task']) === 'probability' && (
            <>
              <MonitorField
                {...of}
                path={['label', 'positive']}
                label={t('form.positive')}
                fallback="1"
              />
              <MonitorField
                {...of}
                path={['label', 'decideAt']}
                label={t('form.decideAt')}
                fallback="0.5"
                number
              />
            </>
          )}
        </Fields>
      </Part>
      <Part title={t('form.thresholds')} help={t('form.thresholdsHelp')}>
        <Fields>
          {THRESHOLDS.map(key => (
            <MonitorField
              key={key}
              {...of}
              path={['thresholds', key]}
              label={t(`form.threshold.${key}`)}
              fallback={String(DEFAULT_THRESHOLDS[key])}
              number
            />
          ))}
        </Fields>
      </Part>
    </>
  );
}

function Part(props: { title: string; help: string; children: ReactNode }) {
  return (
    <Box
      component="fieldset"
      sx={{
        border: 0,
        m: 0,
        p: 0,
        minWidth: 0,
        display: 'flex',
        flexDirection: 'column',
        gap: 1.5,
      }}
    >
      <Typography component="legend" variant="subtitle2" sx={{ p: 0 }}>
        {props.title}
      </Typography>
      <Typography variant="body2" color="text.secondary">
        {props.help}
      </Typography>
      {props.children}
    </Box>
  );
}

function Fields(props: { children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 1.5,
        gridTemplateColumns: {
          xs: '1fr',
          sm: 'repeat(auto-fill, minmax(220px, 1fr))',
        },
      }}
    >
      {props.children}
    </Box>
  );
}
