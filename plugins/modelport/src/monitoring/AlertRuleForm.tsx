import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { AlertRule } from '@modelport/plugin-modelport-common';
import DeleteIcon from '@mui/icons-material/Delete';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { monitoringTranslationRef } from './messages';

const CATEGORIES = ['drift', 'performance', 'data', 'missing'] as const;

/** The fields of one rule; which of them count follows from its category. */
export function AlertRuleForm(props: {
  rule: AlertRule;
  statistics: string[];
  actions: string[];
  onChange: (rule: AlertRule) => void;
  onRemove: () => void;
}) {
  const { rule, statistics, actions, onChange, onRemove } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const isMissing = rule.category === 'missing';
  const isFigure = rule.category === 'drift' || rule.category === 'performance';
  const number = (key: 'threshold' | 'rise' | 'windows' | 'afterHours') => (
    <TextField
      key={key}
      size="small"
      type="number"
      label={t(`rules.${key}`)}
      helperText={
        key === 'threshold' || key === 'afterHours'
          ? t(`rules.${key}Hint`)
          : undefined
      }
      value={rule[key] ?? ''}
      onChange={event =>
        onChange({
          ...rule,
          [key]: event.target.value === '' ? null : Number(event.target.value),
        })
      }
    />
  );
  return (
    <Box
      role="group"
      aria-label={rule.id}
      sx={{
        display: 'grid',
        gap: 1.5,
        gridTemplateColumns: {
          xs: '1fr',
          sm: 'repeat(3, minmax(0, 1fr)) auto',
        },
        alignItems: 'start',
        pt: 1,
      }}
    >
      <TextField
        size="small"
        required
        label={t('rules.id')}
        value={rule.id}
        onChange={event => onChange({ ...rule, id: event.target.value })}
      />
      <TextField
        select
        size="small"
        label={t('rules.category')}
        value={rule.category}
        onChange={event => {
          const category = CATEGORIES.find(one => one === event.target.value);
          if (category) {
            onChange({ id: rule.id, category, windows: 1, actions: [] });
          }
        }}
      >
        {CATEGORIES.map(category => (
          <MenuItem key={category} value={category}>
            {t(`alerts.category.${category}`)}
          </MenuItem>
        ))}
      </TextField>
      {isMissing ? number('afterHours') : number('windows')}
      <IconButton
        aria-label={t('rules.remove', { id: rule.id })}
        onClick={onRemove}
      >
        <DeleteIcon />
      </IconButton>
      {isFigure && (
        <>
          <TextField
            select
            size="small"
            label={t('rules.statistic')}
            value={rule.statistic ?? ''}
            onChange={event =>
              onChange({ ...rule, statistic: event.target.value || null })
            }
          >
            <MenuItem value="">{t('rules.any')}</MenuItem>
            {[
              ...new Set([
                ...statistics,
                ...(rule.statistic ? [rule.statistic] : []),
              ]),
            ].map(one => (
              <MenuItem key={one} value={one}>
                {one}
              </MenuItem>
            ))}
          </TextField>
          {number('threshold')}
          {number('rise')}
        </>
      )}
      {isFigure && (
        <TextField
          size="small"
          label={t('rules.feature')}
          value={rule.feature ?? ''}
          sx={{ gridColumn: { sm: 1 } }}
          onChange={event =>
            onChange({ ...rule, feature: event.target.value || null })
          }
        />
      )}
      {rule.category !== 'data' && actions.length > 0 && (
        <TextField
          select
          size="small"
          label={t('rules.actions')}
          value={rule.actions ?? []}
          SelectProps={{ multiple: true }}
          onChange={event =>
            onChange({ ...rule, actions: [event.target.value].flat() })
          }
        >
          {actions.map(action => (
            <MenuItem key={action} value={action}>
              {action}
            </MenuItem>
          ))}
        </TextField>
      )}
    </Box>
  );
}
