/**
 * A version's part of what comes to an environment.
 *
 * @public
 */
export interface TrafficShare {
  version: string;
  /** Of the requests, more than 0 and at most 100; those of all that are live add up to 100. */
  percent: number;
  /** A version that is `live` answers its part; one in the `shadow` gets a copy of it, and nobody its answers. */
  mode: 'live' | 'shadow';
}
