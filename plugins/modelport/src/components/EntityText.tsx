import {
  CompoundEntityRef,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** Callers that are no people; the catalog has no pages on them. */
const NO_ENTITIES = ['service', 'external', 'plugin'];

/**
 * A link to the entity that a text names, or the text as it is: registries write names of their own where an entity ref
 * is expected, and so may whoever fills in a field. No text keeps the page from showing.
 */
export function EntityText(props: {
  text: string;
  /** Kind of a text that names none; without it such a text is no entity. */
  defaultKind?: string;
}) {
  const { text, defaultKind } = props;
  const ref = entityRefIn(text, defaultKind);
  return ref ? (
    // In full: where the link leads is read from it without the kind to assume.
    <EntityRefLink
      entityRef={stringifyEntityRef(ref)}
      defaultKind={defaultKind}
      hideIcon
      disableTooltip
    />
  ) : (
    <>{text}</>
  );
}

function entityRefIn(
  text: string,
  defaultKind: string | undefined,
): CompoundEntityRef | undefined {
  try {
    const ref = parseEntityRef(text, { defaultKind });
    return [ref.kind, ref.namespace, ref.name].every(isNamePart) &&
      !NO_ENTITIES.includes(ref.kind.toLowerCase())
      ? ref
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a part may stand in an address of the catalog: `.` and `..` would lead elsewhere. */
function isNamePart(part: string): boolean {
  return /^[\w.-]+$/.test(part) && !/^\.+$/.test(part);
}
