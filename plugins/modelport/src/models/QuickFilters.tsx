import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Skeleton from '@mui/material/Skeleton';
import { modelTranslationRef } from './messages';
import { ModelsView } from './modelsView';
import { Counts, PRODUCTION } from './useModels';
import { ModelsViewControl } from './useModelsView';

type QuickFilter = keyof Counts;

const QUICK_FILTERS: ReadonlyArray<{
  name: QuickFilter;
  filters: Pick<ModelsView['filters'], 'stage' | 'drift' | 'card'>;
}> = [
  { name: 'all', filters: { stage: [], drift: [], card: [] } },
  { name: 'production', filters: { stage: [PRODUCTION], drift: [], card: [] } },
  { name: 'drifting', filters: { stage: [], drift: ['drifting'], card: [] } },
  { name: 'withoutCard', filters: { stage: [], drift: [], card: ['missing'] } },
];

/** Numbers that are filters too. */
export function QuickFilters(props: {
  control: ModelsViewControl;
  counts: Counts | undefined;
  /** Whether the numbers could not be loaded. */
  failed: boolean;
}) {
  const { control, counts, failed } = props;
  const { t } = useTranslationRef(modelTranslationRef);
  const { stage, drift, card } = control.view.filters;
  const chosen = JSON.stringify({ stage, drift, card });
  return (
    <Box
      role="group"
      aria-label={t('counts.label')}
      sx={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fit, minmax(130px, 1fr))',
        gap: 1.5,
      }}
    >
      {QUICK_FILTERS.map(({ name, filters }) => {
        const isOn = JSON.stringify(filters) === chosen;
        return (
          <ButtonBase
            key={name}
            aria-pressed={isOn}
            onClick={() => control.setFilters(filters)}
            sx={{
              display: 'block',
              textAlign: 'left',
              px: 2,
              py: 1.25,
              borderRadius: 1,
              border: 1,
              borderColor: isOn ? 'primary.main' : 'divider',
              boxShadow: theme =>
                isOn ? `inset 0 -3px 0 ${theme.palette.primary.main}` : 'none',
              bgcolor: 'background.paper',
              '&:hover': { borderColor: 'primary.main' },
              '&:focus-visible': {
                outline: theme => `2px solid ${theme.palette.primary.main}`,
              },
            }}
          >
            <Box
              component="span"
              sx={{
                display: 'block',
                fontSize: 24,
                lineHeight: 1.2,
                fontWeight: 'bold',
                fontVariantNumeric: 'tabular-nums',
                color: 'text.primary',
              }}
            >
              {counts && counts[name].toLocaleString('en')}
              {!counts && (failed ? '–' : <Skeleton width={40} />)}
            </Box>
            <Box
              component="span"
              sx={{ typography: 'body2', color: 'text.secondary' }}
            >
              {t(`counts.${name}`)}
            </Box>
          </ButtonBase>
        );
      })}
    </Box>
  );
}
