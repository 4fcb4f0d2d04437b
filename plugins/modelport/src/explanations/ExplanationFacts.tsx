import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Explanation } from '@modelport/plugin-modelport-common';
import { FactList } from '../components/FactList';
import { formatFigure } from '../components/formatFigure';
import { modelportTranslationRef } from '../translation';

/** What is explained, how, against what, and whether it adds up. */
export function ExplanationFacts(props: { explanation: Explanation }) {
  const { explains, additivity, background, ...rest } = props.explanation;
  const { t } = useTranslationRef(modelportTranslationRef);
  const notSaid = t('explanations.facts.notSaid');
  const error = formatFigure(additivity.maxError ?? 0);
  const added = {
    true: t('explanations.facts.additivityOk', { error }),
    false: t('explanations.facts.additivityBad', { error }),
    null: t('explanations.facts.additivityUnknown'),
  };
  const calibrated = {
    true: t('explanations.facts.calibratedYes'),
    false: t('explanations.facts.calibratedNo'),
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
          name: t('explanations.facts.explains'),
          value:
            explains.output === 'margin'
              ? t('explanations.facts.margin', {
                  link: t(`explanations.links.${explains.link ?? 'unknown'}`),
                })
              : t('explanations.facts.probability'),
        },
        {
          name: t('explanations.facts.outcome'),
          value: explains.outcome ?? notSaid,
        },
        {
          name: t('explanations.facts.calibrated'),
          value: calibrated[keyOf(explains.calibrated)],
        },
        {
          name: t('explanations.facts.perturbation'),
          value: rest.perturbation ?? notSaid,
        },
        {
          name: t('explanations.facts.background'),
          value: background
            ? t('explanations.facts.backgroundRows', {
                rows: String(background.rows ?? notSaid),
                digest: background.digest?.slice(0, 12) ?? notSaid,
              })
            : notSaid,
        },
        {
          name: t('explanations.facts.baseValue'),
          value: rest.baseValueVaries
            ? t('explanations.facts.baseValueVaries', { value: base })
            : base,
        },
        {
          name: t('explanations.facts.rows'),
          value: rest.rows === null ? notSaid : formatFigure(rest.rows),
        },
        {
          name: t('explanations.facts.additivity'),
          value: added[keyOf(additivity.ok)],
        },
        {
          name: t('explanations.facts.evidence'),
          value: producer
            ? t('explanations.facts.producedBy', { digest, producer })
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
