import { useTheme } from '@mui/material/styles';
import { CSSProperties, ReactNode } from 'react';

/** Words of less weight, within a line. Styled in place, since tables hold hundreds of them. */
export function Quiet(props: { children: ReactNode; style?: CSSProperties }) {
  const { palette } = useTheme();
  return (
    <span style={{ color: palette.text.secondary, ...props.style }}>
      {props.children}
    </span>
  );
}

/** A small line of less weight. */
export function QuietLine(props: {
  children: ReactNode;
  style?: CSSProperties;
}) {
  const { palette, typography } = useTheme();
  const { fontFamily, fontSize, lineHeight } = typography.caption;
  return (
    <div
      style={{
        fontFamily,
        fontSize,
        lineHeight,
        color: palette.text.secondary,
        ...props.style,
      }}
    >
      {props.children}
    </div>
  );
}
