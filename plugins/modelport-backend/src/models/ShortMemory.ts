/**
 * Answers kept for a short time, a bounded number of them. The oldest leave first.
 */
export class ShortMemory<T> {
  private readonly entries = new Map<
    string,
    { answer: Promise<T>; until: number }
  >();

  constructor(
    private readonly options: {
      milliseconds: number;
      most: number;
      now?: () => number;
    },
  ) {}

  /** The answer to a question, asked where it is not known any more. A failure is not remembered. */
  async get(question: string, ask: () => Promise<T>): Promise<T> {
    const now = this.options.now?.() ?? Date.now();
    const known = this.entries.get(question);
    if (known && known.until > now) {
      return known.answer;
    }
    const answer = ask();
    this.entries.delete(question);
    this.entries.set(question, {
      answer,
      until: now + this.options.milliseconds,
    });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.options.most) {
        break;
      }
      this.entries.delete(oldest);
    }
    try {
      return await answer;
    } catch (error) {
      this.entries.delete(question);
      throw error;
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.entries.clear();
  }
}
