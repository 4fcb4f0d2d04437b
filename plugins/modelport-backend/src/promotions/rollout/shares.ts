import { TrafficShare } from '@modelport/plugin-modelport-node';

/** Whether shares say the same, whatever their order. */
export function isSameSplit(a: TrafficShare[], b: TrafficShare[]): boolean {
  const [one, other] = [a, b].map(shares =>
    shares
      .map(({ version, percent, mode }) =>
        JSON.stringify([version, percent, mode]),
      )
      .sort()
      .join(),
  );
  return one === other;
}

/** Shares in words. */
export function sharesInWords(shares: TrafficShare[]): string {
  return shares.length === 0
    ? 'nothing is split'
    : shares
        .map(({ version, percent, mode }) =>
          mode === 'shadow'
            ? `version ${version} gets a copy of ${percent} %`
            : `version ${version} has ${percent} %`,
        )
        .join(', ');
}
