import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { componentTranslationRef } from './messages';

/** Holds the place of a table while it loads. */
export function TableSkeleton(props: { rows: number; rowHeight?: number }) {
  const { t } = useTranslationRef(componentTranslationRef);
  return (
    <Box role="status" aria-label={t('loading')} aria-busy="true">
      {Array.from({ length: props.rows }, (_, row) => (
        <Skeleton
          key={row}
          variant="rectangular"
          height={(props.rowHeight ?? 48) - 6}
          sx={{ mb: '6px', borderRadius: 0.5 }}
        />
      ))}
    </Box>
  );
}
