import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { VersionCopyAt } from '@modelport/plugin-modelport-common';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { promotionTranslationRef } from './messages';

/** Which version of which other model is the copy, with a way to that model where the reader may see it. */
export function CopyLink(props: { copy: VersionCopyAt }) {
  const { source, name, version } = props.copy;
  const { t } = useTranslationRef(promotionTranslationRef);
  const api = useApi(modelportApiRef);
  const model = useLoad(JSON.stringify([source, name]), () =>
    api.getModel({ source, name }),
  );
  const entityRef = model.value?.entityRef;
  const where = entityRef ? (
    <EntityRefLink entityRef={entityRef} hideIcon disableTooltip>
      {name}
    </EntityRefLink>
  ) : (
    name
  );
  return (
    <>
      {version === null
        ? t('copy.toBe', { model: where, source })
        : t('copy.is', { model: where, source, version })}
    </>
  );
}
