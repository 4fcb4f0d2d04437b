import { useTranslationRef } from '@backstage/frontend-plugin-api';
import MetricsIcon from '@mui/icons-material/ViewColumnOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Popover from '@mui/material/Popover';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { versionTranslationRef } from './messages';

/** As many metrics may be columns at a time. */
export const MOST_METRICS = 12;
const SHOWN = 60;

/** Chooses which metrics are columns. */
export function MetricsButton(props: {
  keys: string[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const { keys, chosen, onChange } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [search, setSearch] = useState('');
  const found = keys.filter(key =>
    key.toLowerCase().includes(search.trim().toLowerCase()),
  );
  return (
    <>
      <Button
        size="small"
        startIcon={<MetricsIcon />}
        aria-haspopup="dialog"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('list.metrics')}
      </Button>
      {anchor && (
        <Popover
          anchorEl={anchor}
          open
          onClose={() => setAnchor(null)}
          anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
          transformOrigin={{ vertical: 'top', horizontal: 'right' }}
          PaperProps={{
            role: 'dialog',
            'aria-label': t('list.metricsTitle'),
            sx: { p: 2, width: 320, maxHeight: 480 },
          }}
        >
          <TextField
            size="small"
            fullWidth
            value={search}
            onChange={event => setSearch(event.target.value)}
            placeholder={t('list.metricsFind')}
            inputProps={{ 'aria-label': t('list.metricsFind') }}
          />
          <Typography variant="caption" color="text.secondary">
            {t('list.metricsLimit', { number: String(MOST_METRICS) })}
          </Typography>
          {found.slice(0, SHOWN).map(key => {
            const isChosen = chosen.includes(key);
            return (
              <FormControlLabel
                key={key}
                sx={{ display: 'flex', m: 0, overflowWrap: 'anywhere' }}
                disabled={!isChosen && chosen.length >= MOST_METRICS}
                control={
                  <Checkbox
                    size="small"
                    checked={isChosen}
                    onChange={() =>
                      onChange(
                        isChosen
                          ? chosen.filter(other => other !== key)
                          : [...chosen, key],
                      )
                    }
                    sx={{ p: 0.5 }}
                  />
                }
                label={<Typography variant="body2">{key}</Typography>}
              />
            );
          })}
          {found.length > SHOWN && (
            <Box sx={{ typography: 'caption', color: 'text.secondary' }}>
              {t('list.metricsMore', {
                number: String(found.length - SHOWN),
              })}
            </Box>
          )}
        </Popover>
      )}
    </>
  );
}
