import { Evidence } from '@modelport/plugin-modelport-common';
import { PushTokens } from './PushTokens';

const TOKEN = /^push-token:(\d{1,9})$/;

/** Documents with what the push tokens are called that brought them. */
export async function withTokenNames(
  items: Evidence[],
  tokens: Pick<PushTokens, 'names'>,
): Promise<Evidence[]> {
  const ids = items.flatMap(({ origin }) => idOf(origin) ?? []);
  const names = await tokens.names([...new Set(ids)]);
  return items.map(item => {
    const byName = names.get(idOf(item.origin) ?? '');
    return byName === undefined
      ? item
      : { ...item, origin: { ...item.origin, byName } };
  });
}

function idOf({ by }: Evidence['origin']): string | undefined {
  return TOKEN.exec(by ?? '')?.[1];
}
