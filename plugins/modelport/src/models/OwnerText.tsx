import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Model } from '@modelport/plugin-modelport-common';
import { useTheme } from '@mui/material/styles';
import { Hint } from '../components/Hint';
import { Quiet } from '../components/Quiet';
import { modelTranslationRef } from './messages';

/** Registries hold tags of any length; the hint holds all of it. */
const MOST_OF_TAG = 60;

/** The owner as a link into the catalog, or "unknown" with what the registry says; where that names another one, both. */
export function OwnerText(props: {
  model: Pick<Model, 'owner' | 'ownerTag' | 'ownerConflict'>;
}) {
  const { owner, ownerTag, ownerConflict } = props.model;
  const { palette } = useTheme();
  const { t } = useTranslationRef(modelTranslationRef);
  const hint = {
    color: palette.text.secondary,
    textDecoration: 'underline dotted',
    overflowWrap: 'anywhere',
  } as const;
  const overruled = ownerConflict && ownerTag && (
    <Hint text={t('table.ownerOverruledWhy', { owner: ownerTag })} style={hint}>
      {t('table.ownerOverruled')}
    </Hint>
  );
  if (owner) {
    return (
      <>
        <EntityRefLink
          entityRef={owner}
          defaultKind="group"
          hideIcon
          disableTooltip
        />
        {overruled && <> ({overruled})</>}
      </>
    );
  }
  if (overruled) {
    return (
      <>
        <Quiet>{t('table.ownerUnknown')}</Quiet> ({overruled})
      </>
    );
  }
  return ownerTag ? (
    <Hint text={t('table.ownerNotInCatalog', { owner: ownerTag })} style={hint}>
      {t('table.ownerUnknownTagged', {
        owner:
          ownerTag.length > MOST_OF_TAG
            ? `${ownerTag.slice(0, MOST_OF_TAG)}…`
            : ownerTag,
      })}
    </Hint>
  ) : (
    <Quiet>{t('table.ownerUnknown')}</Quiet>
  );
}
