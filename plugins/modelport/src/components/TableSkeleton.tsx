import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { componentTranslationRef } from './messages';
import { useSlow } from './useSlow';

const GAP = 6;

/** Holds the place of a table while it loads. */
export function TableSkeleton(props: { rows: number; rowHeight?: number }) {
  const { rows, rowHeight = 48 } = props;
  const { t } = useTranslationRef(componentTranslationRef);
  const isSlow = useSlow();
  return (
    <div
      role="status"
      aria-label={t('loading')}
      aria-busy="true"
      style={{ minHeight: rows * rowHeight }}
    >
      {isSlow &&
        Array.from({ length: rows }, (_, row) => (
          <Box key={row} sx={{ height: rowHeight, pb: `${GAP}px` }}>
            <Skeleton
              variant="rectangular"
              height={rowHeight - GAP}
              sx={{ borderRadius: 0.5 }}
            />
          </Box>
        ))}
    </div>
  );
}
