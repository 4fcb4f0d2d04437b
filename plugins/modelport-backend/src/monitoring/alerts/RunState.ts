/** What an action started for an alert. */
export interface StartedRun {
  alert: string;
  /** ISO 8601. */
  at: string;
  /** Its id where it runs, where that was told. */
  run: string | null;
}

/** What became of it. */
export interface RunState {
  /** In words. */
  text: string;
  /** Whether it changes no more, so that nobody is asked again. */
  ended: boolean;
  link?: string;
}

/** What is known of something that may have been started. */
export type RunFound =
  | { is: 'there'; run: RunState }
  /** It was not started. */
  | { is: 'absent'; why: string }
  /** Nobody will know. */
  | { is: 'unknown'; why: string }
  /** Who knows did not answer, and is asked again. */
  | { is: 'unanswered'; why: string };

/** Others are waited for no longer. */
export const MOST_MS = 15_000;

/** Asks where something runs what became of it. */
export async function askRun(
  url: string,
  headers: Record<string, string>,
): Promise<{ status: number } & ({ body: unknown } | { body: null })> {
  const response = await fetch(url, {
    headers,
    redirect: 'error',
    signal: AbortSignal.timeout(MOST_MS),
  });
  if (!response.ok) {
    await response.body?.cancel();
    return { status: response.status, body: null };
  }
  return { status: response.status, body: await response.json() };
}
