import Tooltip from '@mui/material/Tooltip';
import { CSSProperties, ReactNode, useState } from 'react';

/**
 * Words that say more when they are pointed at or reached by keyboard. The tooltip is drawn only then, since tables hold
 * hundreds of them.
 */
export function Hint(props: {
  text: string;
  style?: CSSProperties;
  children: ReactNode;
}) {
  const { text, style, children } = props;
  const [open, setOpen] = useState(false);
  return (
    <span
      tabIndex={0}
      title={open ? undefined : text}
      style={style}
      onPointerEnter={() => setOpen(true)}
      onPointerLeave={() => setOpen(false)}
      onFocus={() => setOpen(true)}
      onBlur={() => setOpen(false)}
      onKeyDown={event => event.key === 'Escape' && setOpen(false)}
    >
      {open ? (
        <Tooltip open title={text} describeChild>
          <span>{children}</span>
        </Tooltip>
      ) : (
        <span>{children}</span>
      )}
    </span>
  );
}
