import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Model } from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';
import { Quiet } from '../components/Quiet';
import { modelTranslationRef } from './messages';

/** The owner as a link into the catalog, or "unknown" with what the registry says. */
export function OwnerText(props: { model: Pick<Model, 'owner' | 'ownerTag'> }) {
  const { owner, ownerTag } = props.model;
  const { palette } = useTheme();
  const { t } = useTranslationRef(modelTranslationRef);
  if (owner) {
    return (
      <EntityRefLink
        entityRef={owner}
        defaultKind="group"
        hideIcon
        disableTooltip
      />
    );
  }
  const unknown = t('table.ownerUnknown');
  return ownerTag ? (
    <Tooltip
      title={t('table.ownerNotInCatalog', { owner: ownerTag })}
      describeChild
    >
      <Box
        component="span"
        tabIndex={0}
        style={{
          color: palette.text.secondary,
          textDecoration: 'underline dotted',
        }}
      >
        {unknown}
      </Box>
    </Tooltip>
  ) : (
    <Quiet>{unknown}</Quiet>
  );
}
