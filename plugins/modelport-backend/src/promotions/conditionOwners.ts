import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { People } from './People';

const OWNER_KINDS = ['user', 'group'];

/**
 * Conditions with their owners as full entity refs; a name alone is that of a user.
 *
 * @throws `InputError` where an owner is no user or group that the catalog knows now: nobody would ever be asked to meet
 * such a condition.
 */
export async function withKnownOwners<T extends { owner: string }>(
  conditions: T[],
  people: Pick<People, 'known'>,
): Promise<T[]> {
  const read = conditions.map((condition, place) => ({
    ...condition,
    owner: ownerRef(condition.owner, place),
  }));
  const known = await people.known([
    ...new Set(read.map(({ owner }) => owner)),
  ]);
  const unknown = read.findIndex(({ owner }) => !known.has(owner));
  if (unknown >= 0) {
    refuse(
      unknown,
      `the catalog knows no ${conditions[unknown].owner.trim()} (${
        read[unknown].owner
      })`,
    );
  }
  return read;
}

function ownerRef(text: string, place: number): string {
  let ref;
  try {
    ref = parseEntityRef(text.trim(), { defaultKind: 'user' });
  } catch {
    return refuse(place, `${JSON.stringify(text)} names nobody`);
  }
  const owner = stringifyEntityRef(ref);
  return OWNER_KINDS.includes(ref.kind.toLowerCase())
    ? owner
    : refuse(place, `${owner} is no user and no group`);
}

function refuse(place: number, why: string): never {
  throw new InputError(
    `The owner of condition ${
      place + 1
    } cannot meet it: ${why}. Nothing was kept; name a user or a group of the catalog, such as user:default/ada.`,
  );
}
