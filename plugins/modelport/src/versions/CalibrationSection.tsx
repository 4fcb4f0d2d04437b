import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ComparedEvidence,
  ReliabilityCurve,
} from '@modelport/plugin-modelport-common';
import Alert from '@mui/material/Alert';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { lazy, Suspense, useState } from 'react';
import { ChartFigure } from '../components/ChartFigure';
import { formatFigure } from '../components/formatFigure';
import { Nothing, Section } from '../components/Section';
import { versionTranslationRef } from './messages';

const ReliabilityPlot = lazy(() => import('../charts/ReliabilityPlot'));

/** Predicted against observed, the versions over each other. */
export function CalibrationSection(props: {
  evidence: ComparedEvidence;
  versions: string[];
}) {
  const { evidence, versions } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const [wanted, setWanted] = useState<string>();
  const all = evidence.calibrations;
  const names = [...new Set(all.map(setOf))];
  const set =
    wanted !== undefined && names.includes(wanted) ? wanted : names[0];
  const curves = versions.flatMap(version => {
    const own = all.filter(curve => curve.version === version);
    return own.find(curve => setOf(curve) === set) ?? own.slice(0, 1);
  });
  const without = versions.filter(
    version => !curves.some(curve => curve.version === version),
  );
  const sets = new Set(curves.map(setOf));
  return (
    <Section
      title={t('compare.calibration.title')}
      actions={
        names.length > 1 && (
          <TextField
            select
            size="small"
            label={t('compare.calibration.set')}
            value={set}
            onChange={event => setWanted(event.target.value)}
            SelectProps={{ native: true }}
            sx={{ minWidth: 160, maxWidth: '100%' }}
          >
            {names.map(name => (
              <option key={name} value={name}>
                {name || t('compare.calibration.setNotNamed')}
              </option>
            ))}
          </TextField>
        )
      }
    >
      {curves.length === 0 && (
        <Nothing>{t('compare.calibration.empty')}</Nothing>
      )}
      {sets.size > 1 && (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {t('compare.calibration.otherSets')}
        </Alert>
      )}
      {curves.length > 0 && <Curves curves={curves} />}
      {curves.length > 0 && without.length > 0 && (
        <Nothing>
          {t('compare.calibration.without', { versions: without.join(', ') })}
        </Nothing>
      )}
    </Section>
  );
}

function Curves(props: { curves: ReliabilityCurve[] }) {
  const { curves } = props;
  const { t } = useTranslationRef(versionTranslationRef);
  const title = t('compare.calibration.title');
  const words = curves.map(curve => {
    const { version, n, error } = curve;
    return t('compare.calibration.ofVersion', {
      version,
      n: n.toLocaleString('en'),
      error: error === null ? '–' : formatFigure(error),
      set: setOf(curve) || t('compare.calibration.setNotNamed'),
    });
  });
  return (
    <>
      <ChartFigure
        title={title}
        summary={words.join(' ')}
        columns={[
          'version',
          'from',
          'to',
          'n',
          'predicted',
          'observed',
          'observed, lower',
          'observed, upper',
          'evaluation set',
          'evidence',
        ]}
        rows={() =>
          curves.flatMap(curve =>
            curve.bands.map(band => [
              curve.version,
              band.lower,
              band.upper,
              band.n,
              band.predicted,
              band.observed,
              band.observedLower,
              band.observedUpper,
              setOf(curve),
              curve.evidence,
            ]),
          )
        }
      >
        <Suspense fallback={<Skeleton variant="rectangular" height={340} />}>
          <ReliabilityPlot
            lines={curves.map(({ version, bands }) => ({
              label: t('compare.version', { version }),
              points: bands.flatMap(band =>
                band.predicted === null || band.observed === null
                  ? []
                  : [
                      {
                        predicted: band.predicted,
                        observed: band.observed,
                        reach:
                          band.observedLower === null ||
                          band.observedUpper === null
                            ? undefined
                            : [
                                band.observed - band.observedLower,
                                band.observedUpper - band.observed,
                              ],
                      },
                    ],
              ),
            }))}
            xLabel={t('compare.calibration.predicted')}
            yLabel={t('compare.calibration.observed')}
            idealLabel={t('compare.calibration.ideal')}
            format={formatFigure}
          />
        </Suspense>
      </ChartFigure>
      <Typography variant="caption" color="text.secondary" component="p">
        {t('compare.calibration.how')}
      </Typography>
    </>
  );
}

function setOf({ evaluationSet, dataset }: ReliabilityCurve): string {
  return evaluationSet?.id ?? dataset ?? '';
}
