import Tooltip from '@mui/material/Tooltip';
import { CSSProperties, ReactNode, useState } from 'react';

const AS_TEXT: CSSProperties = {
  font: 'inherit',
  color: 'inherit',
  textAlign: 'start',
  padding: 0,
  border: 0,
  background: 'none',
};

/**
 * Words that say more when they are pointed at, touched or reached by keyboard. The tooltip is drawn only then, since tables hold
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
    <button
      type="button"
      title={open ? undefined : text}
      style={{ ...AS_TEXT, ...style }}
      onClick={() => setOpen(true)}
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
    </button>
  );
}
