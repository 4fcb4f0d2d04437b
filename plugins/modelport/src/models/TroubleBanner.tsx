import { Link } from '@backstage/core-components';
import {
  useApi,
  useRouteRef,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { modelportSourcesReadPermission } from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { Age } from '../components/Age';
import { sourcesRouteRef } from '../routes';
import { modelTranslationRef } from './messages';

/** Says that what is shown is old because a source cannot be read; silent where all is well or the reader may not know. */
export function TroubleBanner() {
  const { t } = useTranslationRef(modelTranslationRef);
  const api = useApi(modelportApiRef);
  const sourcesPath = useRouteRef(sourcesRouteRef)?.();
  const { allowed } = usePermission({
    permission: modelportSourcesReadPermission,
  });
  const { value } = useLoad(allowed ? 'sources' : undefined, () =>
    api.listSources(),
  );
  const troubled = (value ?? []).filter(({ state }) => state !== 'ok');
  if (troubled.length === 0) {
    return null;
  }
  const [first] = troubled;
  let text;
  if (troubled.length > 1) {
    text = t('trouble.many', {
      count: troubled.length,
      sources: troubled.map(({ id }) => id).join(', '),
    });
  } else if (first.lastSuccessAt) {
    text = t('trouble.one', {
      source: first.id,
      age: <Age time={first.lastSuccessAt} />,
    });
  } else {
    text = t('trouble.oneNever', { source: first.id });
  }
  return (
    <Alert severity="warning" role="status">
      {text} {sourcesPath && <Link to={sourcesPath}>{t('trouble.link')}</Link>}
    </Alert>
  );
}
