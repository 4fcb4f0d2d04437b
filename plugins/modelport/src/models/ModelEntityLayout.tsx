import {
  EntityOrphanWarning,
  EntityProcessingErrorsPanel,
  EntityRelationWarning,
  EntitySwitch,
  hasCatalogProcessingErrors,
  hasRelationWarnings,
  isOrphan,
} from '@backstage/plugin-catalog';
import { EntityContentLayoutProps } from '@backstage/plugin-catalog-react/alpha';
import Box from '@mui/material/Box';
import { Fragment } from 'react';

const STACK = {
  display: 'flex',
  flexDirection: 'column',
  gap: 3,
  minWidth: 0,
} as const;

/**
 * The overview of a model's entity: as the catalog lays it out where there is room for two columns; where there is not,
 * what the model is for comes before what the catalog knows of its entity.
 */
export function ModelEntityLayout(props: EntityContentLayoutProps) {
  const infos = props.cards.filter(({ type }) => type === 'info');
  const contents = props.cards.filter(({ type }) => type !== 'info');
  return (
    <>
      <Box sx={{ ...STACK, gap: 2, mb: 3, '&:empty': { display: 'none' } }}>
        <EntitySwitch>
          <EntitySwitch.Case if={isOrphan}>
            <EntityOrphanWarning />
          </EntitySwitch.Case>
        </EntitySwitch>
        <EntitySwitch>
          <EntitySwitch.Case if={hasRelationWarnings}>
            <EntityRelationWarning />
          </EntitySwitch.Case>
        </EntitySwitch>
        <EntitySwitch>
          <EntitySwitch.Case if={hasCatalogProcessingErrors}>
            <EntityProcessingErrorsPanel />
          </EntitySwitch.Case>
        </EntitySwitch>
      </Box>
      <Box
        sx={{
          display: 'grid',
          gap: 3,
          alignItems: 'start',
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            md: infos.length > 0 ? 'minmax(0, 2fr) minmax(0, 1fr)' : undefined,
          },
        }}
      >
        <Column cards={contents} />
        {infos.length > 0 && <Column cards={infos} />}
      </Box>
    </>
  );
}

function Column(props: Pick<EntityContentLayoutProps, 'cards'>) {
  return (
    <Box sx={STACK}>
      {props.cards.map(({ element }, place) => (
        <Fragment key={element.key ?? place}>{element}</Fragment>
      ))}
    </Box>
  );
}
