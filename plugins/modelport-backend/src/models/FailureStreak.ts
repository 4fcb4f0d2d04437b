/** Tells things that fail one by one from a source that is down: too many failures in a row are thrown. */
export class FailureStreak {
  private failures = 0;

  constructor(private readonly longest: number) {}

  succeeded(): void {
    this.failures = 0;
  }

  /** @throws the error where as many failed in a row as are the longest streak. */
  failed(error: unknown): void {
    this.failures += 1;
    if (this.failures >= this.longest) {
      throw error;
    }
  }
}
