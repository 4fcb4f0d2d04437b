import { Fragment } from 'react';

/** A name that may break after its underscores, dots, commas, slashes and dashes; numbers stay whole. */
export function Breakable(props: { text: string }) {
  return (
    <>
      {props.text
        .split(/(?<=[_/])|(?<=[.,])(?!\d)|(?<=\w-)/)
        .map((part, place) => (
          <Fragment key={place}>
            {place > 0 && <wbr />}
            {part}
          </Fragment>
        ))}
    </>
  );
}
