import { parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';

/**
 * A link to the entity that a text names, or the text as it is: registries write names of their own where an entity ref
 * is expected.
 */
export function EntityText(props: {
  text: string;
  /** Kind of a text that names none; without it such a text is no entity. */
  defaultKind?: string;
}) {
  const { text, defaultKind } = props;
  return isEntityRef(text, defaultKind) ? (
    <EntityRefLink
      entityRef={text}
      defaultKind={defaultKind}
      hideIcon
      disableTooltip
    />
  ) : (
    <>{text}</>
  );
}

function isEntityRef(text: string, defaultKind: string | undefined): boolean {
  try {
    const { kind, namespace, name } = parseEntityRef(text, { defaultKind });
    return [kind, namespace, name].every(part => /^[\w.-]+$/.test(part));
  } catch {
    return false;
  }
}
