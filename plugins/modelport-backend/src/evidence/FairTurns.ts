/** Lets few things run at once, one for each name, and names take turns: nobody waits for all that another brings. */
export class FairTurns {
  /** What waits, by names in the order in which their turns come. */
  private readonly waiting = new Map<string, Array<() => void>>();
  private readonly running = new Set<string>();

  constructor(private readonly atOnce: number) {}

  /** How many wait; with a name, those of that name. */
  waitingOf(name?: string): number {
    return name === undefined
      ? [...this.waiting.values()].reduce((all, { length }) => all + length, 0)
      : this.waiting.get(name)?.length ?? 0;
  }

  /** Runs something when its turn comes. */
  async take<T>(name: string, run: () => Promise<T>): Promise<T> {
    await new Promise<void>(start => {
      const line = this.waiting.get(name) ?? [];
      this.waiting.set(name, [...line, start]);
      this.startNext();
    });
    try {
      return await run();
    } finally {
      this.running.delete(name);
      const rest = this.waiting.get(name);
      if (rest) {
        // Those that had no turn yet come first.
        this.waiting.delete(name);
        this.waiting.set(name, rest);
      }
      this.startNext();
    }
  }

  private startNext(): void {
    if (this.running.size >= this.atOnce) {
      return;
    }
    for (const [name, [start, ...rest]] of this.waiting) {
      if (!this.running.has(name)) {
        if (rest.length > 0) {
          this.waiting.set(name, rest);
        } else {
          this.waiting.delete(name);
        }
        this.running.add(name);
        start();
        return;
      }
    }
  }
}
