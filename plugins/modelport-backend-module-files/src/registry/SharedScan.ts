import { Snapshot } from './Snapshot';

/** How long an ended scan answers further questions. */
const GOOD_FOR_MS = 5_000;

/**
 * One scan for many questions that come together, as those whether what a listing left out is gone: whoever asks while
 * it is under way or shortly after it ended gets its answer.
 */
export class SharedScan {
  private known?: {
    result: Promise<Snapshot>;
    signal: AbortSignal;
    endedAt?: number;
  };

  constructor(
    private readonly scan: (options: {
      signal: AbortSignal;
    }) => Promise<Snapshot>,
  ) {}

  /** Whoever asks from now on gets a scan that begins from now on. */
  forget(): void {
    this.known = undefined;
  }

  /** @throws what the scan throws; the next one to ask begins another. */
  async get(options: { signal: AbortSignal }): Promise<Snapshot> {
    options.signal.throwIfAborted();
    const known = this.usable() ?? this.begin(options.signal);
    try {
      return await known.result;
    } catch (error) {
      options.signal.throwIfAborted();
      if (known.signal.aborted) {
        // Only who began it gave up.
        return this.get(options);
      }
      throw error;
    }
  }

  private usable() {
    const { known } = this;
    const isGood =
      known &&
      !known.signal.aborted &&
      (known.endedAt === undefined || Date.now() - known.endedAt < GOOD_FOR_MS);
    return isGood ? known : undefined;
  }

  private begin(signal: AbortSignal) {
    const begun: NonNullable<SharedScan['known']> = {
      result: this.scan({ signal }),
      signal,
    };
    this.known = begun;
    begun.result.then(
      () => {
        begun.endedAt = Date.now();
      },
      () => {
        if (this.known === begun) {
          this.known = undefined;
        }
      },
    );
    return begun;
  }
}
