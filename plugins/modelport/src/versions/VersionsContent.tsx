import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { lazy, Suspense } from 'react';
import { Helmet } from 'react-helmet';
import { Route, Routes, useParams, useSearchParams } from 'react-router-dom';
import { ModelId } from '../api/modelportApi';
import { TableSkeleton } from '../components/TableSkeleton';
import { ModelMissing } from '../models/ModelMissing';
import { useModelIdOfEntity, useNamedModel } from '../models/useModelOfEntity';
import { versionTranslationRef } from './messages';
import { useVersionPaths } from './useVersionPaths';
import { VersionsList } from './VersionsList';

export { askVersionsAhead as askAhead } from './askVersionsAhead';

const ComparePage = lazy(() =>
  import('./ComparePage').then(m => ({ default: m.ComparePage })),
);
const EvidencePage = lazy(() =>
  import('../evidence/EvidencePage').then(m => ({ default: m.EvidencePage })),
);
const VersionPage = lazy(() =>
  import('./VersionPage').then(m => ({ default: m.VersionPage })),
);

/** The tab "Versions" of a model's entity: the list, the comparison, and each version's own page. */
export function VersionsContent() {
  const named = useNamedModel();
  const { value: id, error, retry } = useModelIdOfEntity();
  if (!id) {
    return error ? (
      <ModelMissing error={error} retry={retry} name={named?.name ?? ''} />
    ) : (
      <TableSkeleton rows={6} />
    );
  }
  return (
    <Suspense fallback={<TableSkeleton rows={6} />}>
      <Routes>
        <Route index element={<VersionsList id={id} />} />
        <Route path="compare" element={<CompareOrVersion id={id} />} />
        <Route path=":version" element={<VersionOfAddress id={id} />} />
        <Route
          path=":version/evidence/:digest"
          element={<EvidenceOfAddress id={id} />}
        />
      </Routes>
    </Suspense>
  );
}

/** A version may be called "compare": only an address that names versions is a comparison. */
function CompareOrVersion(props: { id: ModelId }) {
  const [params] = useSearchParams();
  const { t } = useTranslationRef(versionTranslationRef);
  const versions = params.getAll('versions').join(', ');
  return params.has('versions') ? (
    <>
      <Helmet title={t('compare.browserTitle', { versions })} />
      <ComparePage id={props.id} />
    </>
  ) : (
    <VersionPage id={props.id} version="compare" />
  );
}

function VersionOfAddress(props: { id: ModelId }) {
  const { version = '' } = useParams();
  return <VersionPage key={version} id={props.id} version={version} />;
}

function EvidenceOfAddress(props: { id: ModelId }) {
  const { version = '', digest = '' } = useParams();
  const paths = useVersionPaths();
  return (
    <EvidencePage
      key={digest}
      id={props.id}
      version={version}
      digest={digest}
      back={paths.version(version)}
    />
  );
}
