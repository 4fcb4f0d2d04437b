/**
 * Answers statements of monitoring where the data are. All engines are given the same text but for what `dialect` says.
 *
 * @public
 */
export interface MonitoringEngine {
  /** What monitors name it by. */
  readonly id: string;
  readonly dialect: MonitoringDialect;
  /**
   * The rows of one statement. Numbers may come as text, as some interfaces give them.
   *
   * @throws any error that says in words what the engine answered.
   */
  query(
    statement: string,
    options: { signal: AbortSignal },
  ): Promise<MonitoringRow[]>;
}

/**
 * A row by the names of its columns.
 *
 * @public
 */
export type MonitoringRow = Record<string, string | number | boolean | null>;

/**
 * Where engines write SQL differently.
 *
 * @public
 */
export interface MonitoringDialect {
  /** Opens and closes an identifier; inside, it is doubled. */
  quote: string;
  /** Type of a moment. */
  moment: string;
  /** Type of a time of a calendar and a clock, in no zone. */
  wallTime: string;
}
