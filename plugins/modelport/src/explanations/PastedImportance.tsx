import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ComputedExplanation,
  EXPLANATION_CONVENTIONS,
  summariseExplanation,
} from '@modelport/plugin-modelport-common';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { FailedState } from '../components/FailedState';
import { ImportanceFigure } from './ImportanceFigure';
import { explanationTranslationRef } from './messages';

type Row = Record<string, number | string | null>;

/** What drives a model over rows that a person pasted; computed by the portal. */
export default function PastedImportance(props: {
  id: ModelId;
  version: string;
  className: string | undefined;
  features: ReadonlyArray<string>;
  rows: ReadonlyArray<Row>;
}) {
  const { id, version, className, features, rows } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const { value, error, retry } = useLoad(
    JSON.stringify([id, version, className, rows]),
    () =>
      api.computeExplanation(id, version, {
        rows: [...rows],
        class: className,
      }),
  );
  const title = t('whatIf.paste.importance');
  return (
    <Box sx={{ mt: 3 }}>
      <Typography variant="subtitle1" component="h3" sx={{ mb: 1 }}>
        {title}
      </Typography>
      {error && <FailedState error={error} retry={retry} />}
      {!value && !error && <Skeleton variant="rectangular" height={200} />}
      {value && (
        <ImportanceFigure
          title={title}
          explanation={explanationOf(value, features, rows)}
        />
      )}
    </Box>
  );
}

/** Figures of rows that were computed, as those of evidence are made. */
function explanationOf(
  computed: ComputedExplanation,
  features: ReadonlyArray<string>,
  rows: ReadonlyArray<Row>,
) {
  const { explains, outputs } = summariseExplanation({
    explains: computed.explains,
    features: features.map(name => ({ name })),
    rows: computed.rows.map(({ output, contributions }, place) => ({
      id: String(place + 1),
      values: features.map(feature => rows[place][feature]),
      baseValue: computed.baseValue,
      output,
      contributions: features.map(feature => contributions[feature]),
    })),
  });
  return {
    explains,
    class: computed.class,
    rows: rows.length,
    features: outputs[0].features,
    groups: outputs[0].groups,
    withheld: null,
    conventions: EXPLANATION_CONVENTIONS,
  };
}
