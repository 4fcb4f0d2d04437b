import { useTheme } from '@mui/material/styles';
import { useMemo } from 'react';
import type { CanvasColours } from '../charts/Beeswarm';

/** Blue to orange, which those who don't tell red from green tell apart; lighter on dark. */
export function useCanvasColours(): CanvasColours {
  const { palette, typography } = useTheme();
  const dark = palette.mode === 'dark';
  return useMemo(
    () => ({
      low: dark ? '#64b5f6' : '#1565c0',
      high: dark ? '#ffb74d' : '#d84315',
      none: dark ? '#9e9e9e' : '#757575',
      text: palette.text.secondary,
      line: palette.divider,
      font: String(typography.fontFamily ?? 'sans-serif'),
    }),
    [dark, palette, typography],
  );
}
