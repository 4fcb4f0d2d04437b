/** What became of something that a task made when the task failed; absent where it was never there, or not the task's. */
export type Removal =
  | 'removed'
  | 'absent'
  | {
      /** Why it is still there. */
      kept: string;
    };
