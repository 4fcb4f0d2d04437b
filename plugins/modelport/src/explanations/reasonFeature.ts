import { Reason } from '@modelport/plugin-modelport-common';

/** What a reason is about: its feature or group, which of its values, and whether that may stand for something else. */
export function reasonFeature(
  { feature, direction, proxy }: Reason,
  proxyWords: string,
): string {
  return [feature, direction && `(${direction})`, proxy && `– ${proxyWords}`]
    .filter(Boolean)
    .join(' ');
}
