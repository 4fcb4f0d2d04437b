import { Age, Day } from '../components/Age';
import { NOT_PRINTED, ONLY_PRINTED } from './printed';

/** How long ago something was; on paper, which is read later, the day. */
export function CardTime(props: { time: string }) {
  return (
    <>
      <span className={NOT_PRINTED}>
        <Age time={props.time} />
      </span>
      <span className={ONLY_PRINTED}>
        <Day time={props.time} />
      </span>
    </>
  );
}
