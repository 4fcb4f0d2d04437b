import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { QuietLine } from '../components/Quiet';
import { promotionTranslationRef } from './messages';

const SHOWN = 8;
const FARTHEST = 20;

/** What uses a version, as far as the lineage knows: whoever takes it away has to know them. */
export function AffectedBy(props: {
  id: ModelId;
  version: string;
  /** The only one of the model's environments in which something changes. */
  environment: string;
}) {
  const { id, version, environment } = props;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const { value, error, retry } = useLoad(JSON.stringify([id, version]), () =>
    api.getLineage(id, {
      version,
      direction: 'downstream',
      depth: FARTHEST,
    }),
  );
  const ofModel = `deployment:${id.source}/${id.name}/`;
  const affected = value?.nodes.filter(
    ({ id: node, kind, name }) =>
      kind !== 'version' &&
      kind !== 'run' &&
      (name === environment || !node.startsWith(ofModel)),
  );
  const more = (affected?.length ?? 0) - SHOWN;
  return (
    <Box sx={{ typography: 'body2', mt: 1 }}>
      {error && <FailedState error={error} retry={retry} />}
      {affected?.length === 0 && t('rollback.affectsNothing', { version })}
      {affected && affected.length > 0 && (
        <>
          {t('rollback.affects', { version })}
          <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
            {affected.slice(0, SHOWN).map(({ id: node, name, entityRef }) => (
              <li key={node}>
                {entityRef ? (
                  <EntityRefLink entityRef={entityRef} disableTooltip>
                    {name}
                  </EntityRefLink>
                ) : (
                  name
                )}
              </li>
            ))}
          </Box>
          {more > 0 && (
            <QuietLine>
              {t('rollback.affectsMore', { number: String(more) })}
            </QuietLine>
          )}
        </>
      )}
    </Box>
  );
}
