import { Fragment } from 'react';

/** A name that may break after its underscores, dots, commas, slashes and dashes. */
export function Breakable(props: { text: string }) {
  return (
    <>
      {props.text.split(/(?<=[_./,-])/).map((part, place) => (
        <Fragment key={place}>
          {place > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}
