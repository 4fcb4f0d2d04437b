const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Lets nothing but the first signal end a process. Where a whole group is told to end, as by Ctrl-C, the command that
 * started the backend passes the signal on, so that it comes twice; Backstage exits at once on the second, while tasks
 * still end and give back their locks.
 */
export function endOnFirstSignal(
  process: Pick<NodeJS.Process, 'on' | 'removeAllListeners'>,
): void {
  const end = () => {
    for (const signal of SIGNALS) {
      // Those of the signal that is being told are still called for it.
      process.removeAllListeners(signal);
      process.on(signal, () => {});
    }
  };
  for (const signal of SIGNALS) {
    process.on(signal, end);
  }
}
