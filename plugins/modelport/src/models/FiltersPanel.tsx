import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ModelPage } from '@modelport/plugin-modelport-common';
import FilterIcon from '@mui/icons-material/FilterList';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import Skeleton from '@mui/material/Skeleton';
import { Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useDeferredValue, useState } from 'react';
import { Loaded } from '../api/useLoad';
import { Nothing } from '../components/Section';
import { modelTranslationRef } from './messages';
import { componentTranslationRef } from '../components/messages';
import { useSlow } from '../components/useSlow';
import { useFacetLabel } from './useFacetLabel';
import { FacetList } from './FacetList';
import { FILTERS, isNarrowed } from './modelsView';
import { ModelsViewControl } from './useModelsView';

interface FiltersProps {
  control: ModelsViewControl;
  facets: Loaded<ModelPage>;
}

/** The filters beside the table, or behind a button where there is no room. */
export function FiltersPanel(props: FiltersProps) {
  const { filters } = props.control.view;
  const { t } = useTranslationRef(modelTranslationRef);
  const isWide = useMediaQuery<Theme>(theme => theme.breakpoints.up('lg'), {
    noSsr: true,
  });
  const [open, setOpen] = useState(false);
  const count = FILTERS.reduce((sum, name) => sum + filters[name].length, 0);

  if (isWide) {
    return (
      <Box
        component="aside"
        aria-label={t('filters.title')}
        sx={{ width: 200, flexShrink: 0 }}
      >
        <FilterLists {...props} />
      </Box>
    );
  }
  return (
    <Box>
      <Button
        variant="outlined"
        size="small"
        startIcon={<FilterIcon />}
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
      >
        {count > 0
          ? t('filters.openCount', { number: String(count) })
          : t('filters.open')}
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        PaperProps={{
          role: 'dialog',
          'aria-label': t('filters.title'),
          sx: { width: 280, p: 2 },
        }}
      >
        <FilterLists {...props} />
        <Button onClick={() => setOpen(false)}>{t('filters.close')}</Button>
      </Drawer>
    </Box>
  );
}

function FilterLists({ control, facets }: FiltersProps) {
  const { view, setFilter, reset } = control;
  const { t } = useTranslationRef(modelTranslationRef);
  const { t: tComponent } = useTranslationRef(componentTranslationRef);
  const facetLabel = useFacetLabel();
  // Rows come before filters where both are there to be drawn.
  const counts = useDeferredValue(facets.value?.facets);
  const isSlow = useSlow();
  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'center', minHeight: 40, mb: 1 }}>
        <Typography
          variant="subtitle1"
          component="h2"
          sx={{ flexGrow: 1, mb: 0, fontWeight: 'bold' }}
        >
          {t('filters.title')}
        </Typography>
        {isNarrowed(view) && (
          <Button size="small" onClick={reset}>
            {t('filters.reset')}
          </Button>
        )}
      </Box>
      {!counts && facets.error && (
        <Nothing>{t('filters.unknownCounts')}</Nothing>
      )}
      {!counts && !facets.error && (
        <Box role="status" aria-label={tComponent('loading')}>
          {isSlow &&
            Array.from({ length: 12 }, (_, row) => (
              <Skeleton
                key={row}
                height={26}
                width={row % 4 ? '100%' : '50%'}
              />
            ))}
        </Box>
      )}
      {counts &&
        FILTERS.map(name => (
          <FacetList
            key={name}
            name={t(`filters.${name}`)}
            values={counts[name] ?? []}
            selected={view.filters[name]}
            labelOf={value => facetLabel(name, value)}
            onChange={values => setFilter(name, values)}
          />
        ))}
    </>
  );
}
