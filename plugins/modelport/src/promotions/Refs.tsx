import { Fragment } from 'react';
import { EntityText } from '../components/EntityText';

/** People and groups, one after the other. */
export function Refs(props: { refs: string[]; defaultKind: string }) {
  return (
    <>
      {props.refs.map((ref, place) => (
        <Fragment key={ref}>
          {place > 0 && ', '}
          <EntityText text={ref} defaultKind={props.defaultKind} />
        </Fragment>
      ))}
    </>
  );
}
