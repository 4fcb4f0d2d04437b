import { StoredAlert } from './StoredAlert';

/** What is told of the cause of an alert; the others tell what people did, and what was started. */
const OF_CAUSE = ['opened', 'changed', 'recovered'];

/** Whether what an alert is about is no longer so, although somebody took it on and it is not closed. */
export function isOver({ history }: Pick<StoredAlert, 'history'>): boolean {
  return (
    history.filter(({ kind }) => OF_CAUSE.includes(kind)).at(-1)?.kind ===
    'recovered'
  );
}
