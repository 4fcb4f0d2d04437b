import {
  TranslationFunction,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import {
  ComparedExplanations,
  ComparedFeature,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';
import { ModelId, modelportApiRef } from '../api/modelportApi';
import { useLoad } from '../api/useLoad';
import { CsvButton } from '../components/CsvButton';
import { FailedState, statusOf } from '../components/FailedState';
import { formatFigure, formatShare } from '../components/formatFigure';
import { ScrollTable } from '../components/ScrollTable';
import { Nothing, Section } from '../components/Section';
import { explanationTranslationRef } from './messages';
import { useExplanationView } from './useExplanationView';

/** How the reasons moved from one version to another. */
export function CompareSection(props: {
  id: ModelId;
  version: string;
  baseline: string;
  /** Of the section; says which versions unless given. */
  title?: string;
  actions?: ReactNode;
}) {
  const { id, version, baseline, actions } = props;
  const { t } = useTranslationRef(explanationTranslationRef);
  const api = useApi(modelportApiRef);
  const { view } = useExplanationView();
  const { value, error, retry } = useLoad(
    JSON.stringify([id, baseline, version, view.class]),
    () => api.compareExplanations(id, [baseline, version], view.class),
  );
  const [churn] = value?.churn ?? [];
  const isMissing = error !== undefined && statusOf(error) === 404;
  const title = props.title ?? t('compare.title', { baseline, version });
  const columns = [
    t('compare.feature'),
    t('compare.rankOf', { version: baseline }),
    t('compare.rankOf', { version }),
    t('compare.shift'),
    t('compare.meanOf', { version: baseline }),
    t('compare.meanOf', { version }),
    t('compare.direction'),
  ];
  const lacking = (feature: ComparedFeature) =>
    [baseline, version].find(
      (_one, place) =>
        feature.ranks[place] === null &&
        value?.features.some(({ ranks }) => ranks[place] !== null),
    );
  const directionOf = (feature: ComparedFeature) => {
    const [from, to] = feature.directions;
    const without = lacking(feature);
    if (without !== undefined) {
      return `${from ?? to ?? t('direction.unknown')}; ${t('compare.notIn', {
        version: without,
      })}`;
    }
    const words = [from, to]
      .map(one => one ?? t('direction.unknown'))
      .join(' → ');
    if (feature.flipped) {
      return `${words}: ${t('compare.flipped')}`;
    }
    return from === to ? from ?? t('direction.unknown') : words;
  };
  const cells = (feature: ComparedFeature) => [
    feature.name,
    feature.ranks[0],
    feature.ranks[1],
    feature.rankShift,
    feature.meanAbs[0],
    feature.meanAbs[1],
    directionOf(feature),
  ];
  return (
    <Section
      title={title}
      actions={
        <>
          {actions}
          {value && (
            <CsvButton
              fileName={title}
              rows={() => [columns, ...value.features.map(cells)]}
            />
          )}
        </>
      }
    >
      {isMissing && <Nothing>{t('compare.missing')}</Nothing>}
      {error && !isMissing && <FailedState error={error} retry={retry} />}
      {!value && !error && <Skeleton variant="rectangular" height={200} />}
      {value?.warnings.map(warning => (
        <Alert severity="warning" key={warning} sx={{ mb: 1 }}>
          {warning}
        </Alert>
      ))}
      {value && value.features.length === 0 && (
        <Nothing>{t('compare.nothing')}</Nothing>
      )}
      {value && value.features.length > 0 && (
        <>
          <Typography variant="body2" sx={{ mb: 1 }}>
            {churn
              ? t('compare.summary', {
                  rows: formatFigure(churn.rows),
                  share: formatShare(churn.share),
                })
              : t('compare.summaryOwnRows')}{' '}
            {churn && noiseOf(value, churn.aboveNoise, t)}
          </Typography>
          <ScrollTable caption={t('compare.table', { baseline, version })}>
            <TableHead>
              <TableRow>
                {columns.map(column => (
                  <TableCell key={column}>{column}</TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {value.features.map(feature => (
                <TableRow key={feature.name}>
                  {cells(feature).map((cell, place) => (
                    <TableCell key={columns[place]}>
                      {place === 3 ? shiftOf(feature.rankShift) : text(cell)}
                      {place === 6 && feature.flipped && (
                        <Box component="span" aria-hidden>
                          {' '}
                          ⚠
                        </Box>
                      )}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </ScrollTable>
        </>
      )}
    </Section>
  );
}

/** What the change is to be held against. */
function noiseOf(
  { noise }: ComparedExplanations,
  aboveNoise: boolean | null | undefined,
  t: TranslationFunction<typeof explanationTranslationRef.T>,
): string {
  if (!noise || noise.churn === null) {
    return t('compare.noiseUnknown');
  }
  const known = t('compare.noise', {
    runs: String(noise.runs),
    version: noise.version,
    churn: formatShare(noise.churn),
  });
  const places =
    noise.rankShift === null
      ? ''
      : t('compare.noisePlaces', { places: formatFigure(noise.rankShift) });
  return `${known} ${t(
    aboveNoise ? 'compare.noiseAbove' : 'compare.noiseWithin',
  )} ${places}`.trim();
}

function text(cell: string | number | null): string {
  if (cell === null) {
    return '–';
  }
  return typeof cell === 'number' ? formatFigure(cell) : cell;
}

function shiftOf(shift: number | null): string {
  if (shift === null) {
    return '–';
  }
  if (shift === 0) {
    return '=';
  }
  return shift > 0 ? `↑ ${shift}` : `↓ ${-shift}`;
}
