import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Skeleton from '@mui/material/Skeleton';
import { modelTranslationRef } from './messages';
import { isNarrowedBeside, ModelsView, QUICK_FILTER_NAMES } from './modelsView';
import { Counts, PRODUCTION } from './useModels';
import { ModelsViewControl } from './useModelsView';

type QuickFilter = keyof Counts;

type QuickFilterValues = Pick<
  ModelsView['filters'],
  (typeof QUICK_FILTER_NAMES)[number]
>;

const NONE: QuickFilterValues = { stage: [], drift: [], review: [], card: [] };

const QUICK_FILTERS: ReadonlyArray<{
  name: QuickFilter;
  filters: QuickFilterValues;
}> = [
  { name: 'all', filters: NONE },
  { name: 'production', filters: { ...NONE, stage: [PRODUCTION] } },
  { name: 'drifting', filters: { ...NONE, drift: ['drifting'] } },
  { name: 'awaitingReview', filters: { ...NONE, review: ['awaiting'] } },
  { name: 'withoutCard', filters: { ...NONE, card: ['missing'] } },
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
  const { stage, drift, review, card } = control.view.filters;
  const chosen = JSON.stringify({ stage, drift, review, card });
  const labelOf = (name: QuickFilter) =>
    name === 'all' && isNarrowedBeside(control.view)
      ? t('counts.allOfRest')
      : t(`counts.${name}`);
  return (
    <Box
      role="group"
      aria-label={t('counts.label')}
      sx={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fit, minmax(120px, 1fr))',
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
              {labelOf(name)}
            </Box>
          </ButtonBase>
        );
      })}
    </Box>
  );
}
