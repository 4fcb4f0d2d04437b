import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Explanation } from '@modelport/plugin-modelport-common';
import { FactList } from '../components/FactList';
import { formatFigure } from '../components/formatFigure';
import { explanationTranslationRef } from './messages';

/** What is explained, how, against what, and whether it adds up. */
export function ExplanationFacts(props: { explanation: Explanation }) {
  const { explains, additivity, background, ...rest } = props.explanation;
  const { t } = useTranslationRef(explanationTranslationRef);
  const notSaid = t('facts.notSaid');
  const error = formatFigure(additivity.maxError ?? 0);
  const added = {
    true: t('facts.additivityOk', { error }),
    false: t('facts.additivityBad', { error }),
    null: t('facts.additivityUnknown'),
  };
  const calibrated = {
    true: t('facts.calibratedYes'),
    false: t('facts.calibratedNo'),
    null: notSaid,
  };
  const base = rest.baseValue === null ? notSaid : formatFigure(rest.baseValue);
  const producer = [rest.producer?.name, rest.producer?.version]
    .filter(Boolean)
    .join(' ');
  const digest = rest.digest.slice(0, 12);
  return (
    <FactList
      facts={[
        {
          name: t('facts.explains'),
          value:
            explains.output === 'margin'
              ? t('facts.margin', {
                  link: t(`links.${explains.link ?? 'unknown'}`),
                })
              : t('facts.probability'),
        },
        {
          name: t('facts.outcome'),
          value: explains.outcome ?? notSaid,
        },
        {
          name: t('facts.calibrated'),
          value: calibrated[keyOf(explains.calibrated)],
        },
        {
          name: t('facts.perturbation'),
          value: rest.perturbation ?? notSaid,
        },
        {
          name: t('facts.background'),
          value: background
            ? t('facts.backgroundRows', {
                rows: String(background.rows ?? notSaid),
                digest: background.digest?.slice(0, 12) ?? notSaid,
              })
            : notSaid,
        },
        {
          name: t('facts.baseValue'),
          value: rest.baseValueVaries
            ? t('facts.baseValueVaries', { value: base })
            : base,
        },
        {
          name: t('facts.rows'),
          value: rest.rows === null ? notSaid : formatFigure(rest.rows),
        },
        {
          name: t('facts.additivity'),
          value: added[keyOf(additivity.ok)],
        },
        {
          name: t('facts.evidence'),
          value: producer
            ? t('facts.producedBy', { digest, producer })
            : digest,
        },
      ]}
    />
  );
}

function keyOf(value: boolean | null): 'true' | 'false' | 'null' {
  if (value === null) {
    return 'null';
  }
  return value ? 'true' : 'false';
}
