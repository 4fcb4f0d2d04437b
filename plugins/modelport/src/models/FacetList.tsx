import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FacetValue } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { modelTranslationRef } from './messages';

const SHOWN_FIRST = 5;
const SHOWN_AT_MOST = 100;
const FIND_FROM = 12;

/** The value by which the API filters models that have none. */
export const NO_VALUE = 'none';

/** The values of a filter with their counts, also of the models that have none; chosen ones first, long lists on demand. */
export function FacetList(props: {
  name: string;
  values: FacetValue[];
  selected: string[];
  labelOf: (value: string) => string;
  onChange: (selected: string[]) => void;
}) {
  const { name, values, selected, labelOf, onChange } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const options = merge(values, selected);
  const found = options
    .filter(
      ({ value }) =>
        !search || labelOf(value).toLowerCase().includes(search.toLowerCase()),
    )
    .slice(0, open ? SHOWN_AT_MOST : SHOWN_FIRST);

  if (options.length === 0) {
    return null;
  }
  return (
    <Box
      component="fieldset"
      sx={{ border: 0, p: 0, m: 0, mb: 2, minWidth: 0 }}
    >
      <Typography component="legend" variant="subtitle2" sx={{ p: 0, mb: 0.5 }}>
        {name}
      </Typography>
      {open && options.length >= FIND_FROM && (
        <TextField
          size="small"
          fullWidth
          value={search}
          onChange={event => setSearch(event.target.value)}
          placeholder={t('filters.find', { name })}
          inputProps={{ 'aria-label': t('filters.find', { name }) }}
          sx={{ mb: 1 }}
        />
      )}
      <Box sx={{ maxHeight: open ? 320 : undefined, overflowY: 'auto' }}>
        {found.map(({ value, count }) => (
          <FormControlLabel
            key={value}
            sx={{
              display: 'flex',
              alignItems: 'flex-start',
              m: 0,
              mb: 0.25,
              '& > :last-child': { flexGrow: 1, minWidth: 0 },
            }}
            control={
              <Checkbox
                size="small"
                checked={selected.includes(value)}
                onChange={event =>
                  onChange(
                    event.target.checked
                      ? [...selected, value]
                      : selected.filter(other => other !== value),
                  )
                }
                sx={{ p: 0.25, mr: 0.5 }}
              />
            }
            label={
              <Box
                sx={{ display: 'flex', gap: 1, typography: 'body2', pt: '2px' }}
              >
                <Box
                  component="span"
                  title={value}
                  sx={{
                    flexGrow: 1,
                    minWidth: 0,
                    overflow: 'hidden',
                    textOverflow: 'ellipsis',
                    whiteSpace: 'nowrap',
                  }}
                >
                  {labelOf(value)}
                </Box>
                <Box
                  component="span"
                  sx={{
                    color: 'text.secondary',
                    fontVariantNumeric: 'tabular-nums',
                  }}
                >
                  {count.toLocaleString('en')}
                </Box>
              </Box>
            }
          />
        ))}
      </Box>
      {options.length > SHOWN_FIRST && (
        <Button
          size="small"
          onClick={() => {
            setOpen(!open);
            setSearch('');
          }}
          aria-expanded={open}
          aria-label={`${name}: ${
            open
              ? t('filters.showFewer')
              : t('filters.showAll', { all: String(options.length) })
          }`}
        >
          {open
            ? t('filters.showFewer')
            : t('filters.showAll', { all: String(options.length) })}
        </Button>
      )}
    </Box>
  );
}

/** Chosen values first, also those that nothing matches at present; then by count. */
function merge(values: FacetValue[], selected: string[]) {
  const counted = values.map(({ value, count }) => ({
    value: value ?? NO_VALUE,
    count,
  }));
  const missing = selected
    .filter(value => !counted.some(candidate => candidate.value === value))
    .map(value => ({ value, count: 0 }));
  const rank = ({ value }: { value: string }) =>
    selected.includes(value) ? 0 : 1;
  return [...missing, ...counted].sort(
    (a, b) => rank(a) - rank(b) || b.count - a.count,
  );
}
