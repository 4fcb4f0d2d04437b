import { useApi } from '@backstage/frontend-plugin-api';
import { Model } from '@modelport/plugin-modelport-common';
import { modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { comparedVersion } from './comparedVersion';
import { CompareSection } from './CompareSection';
import TraceSection from './TraceSection';

/** In a card: how the reasons moved since another version, and each feature's importance across all of them. */
export default function CardExplanations(props: {
  model: Model;
  version: string;
  /** The version that the card is held against, where one was chosen. */
  baseline: string | undefined;
}) {
  const { model, version, baseline } = props;
  const api = useApi(modelportApiRef);
  const id = { source: model.source, name: model.name };
  const trace = useLoad(JSON.stringify(id), () => api.traceExplanations(id));
  const explained = trace.value?.versions;
  const compared = comparedVersion({
    chosen: baseline,
    version,
    environments: model.environments,
    explained,
  });
  if (!trace.error && !explained?.some(one => one.version === version)) {
    return null;
  }
  return (
    <>
      {compared && (
        <CompareSection id={id} version={version} baseline={compared} />
      )}
      <TraceSection trace={trace} />
    </>
  );
}
