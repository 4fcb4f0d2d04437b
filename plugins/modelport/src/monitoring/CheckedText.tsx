import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  CheckedData,
  IntegrityFinding,
} from '@modelport/plugin-modelport-common';
import { Nothing } from '../components/Section';
import { monitoringTranslationRef } from './messages';
import { windowLabel } from './windowLabel';

/** More names than this are told as a number. */
const MOST_NAMES = 20;

/** What was checked and is fine, and what nobody is known to have checked, so that silence is not taken for health. */
export function CheckedText(props: {
  integrity: IntegrityFinding[];
  checked: CheckedData[];
  /** All features that any tool speaks of. */
  features: string[];
}) {
  const { integrity, checked, features } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  if (checked.length === 0) {
    return integrity.length === 0 ? (
      <Nothing>{t('integrity.uncheckedAll')}</Nothing>
    ) : null;
  }
  const known = new Set(checked.map(({ feature }) => feature));
  // A column that is gone has no rows to check, and is found missing.
  const found = new Set(
    integrity
      .filter(one =>
        checked.some(
          ({ tool, start }) => tool === one.tool && start === one.start,
        ),
      )
      .map(({ feature }) => feature),
  );
  // Where no tool says which columns it looked at, nothing is known of any.
  const unchecked = checked.some(({ feature }) => feature !== null)
    ? features.filter(feature => !known.has(feature) && !found.has(feature))
    : [];
  return (
    <>
      {[...new Set(checked.map(({ tool }) => tool))].map(tool => (
        <FineText
          key={tool}
          tool={tool}
          checked={checked.filter(one => one.tool === tool)}
          integrity={integrity.filter(one => one.tool === tool)}
        />
      ))}
      {unchecked.length > 0 && (
        <Nothing>
          {t('integrity.unchecked', {
            features: [
              ...unchecked.slice(0, MOST_NAMES),
              ...(unchecked.length > MOST_NAMES ? ['…'] : []),
            ].join(', '),
          })}
        </Nothing>
      )}
    </>
  );
}

/** What one tool looked at in its newest window, and found nothing wrong with. */
function FineText(props: {
  tool: string;
  checked: CheckedData[];
  integrity: IntegrityFinding[];
}) {
  const { tool, checked, integrity } = props;
  const { t } = useTranslationRef(monitoringTranslationRef);
  const [{ start, end }] = checked;
  const window = windowLabel(start, end);
  const findings = integrity.filter(one => one.start === start);
  const found = new Set(findings.map(({ feature }) => feature));
  const fine = checked.flatMap(({ feature }) =>
    feature === null || found.has(feature) ? [] : [feature],
  );
  if (fine.length > MOST_NAMES) {
    const count = fine.length;
    return (
      <Nothing>{t('integrity.fineMany', { count, window, tool })}</Nothing>
    );
  }
  if (fine.length > 0) {
    const names = fine.join(', ');
    return (
      <Nothing>
        {t('integrity.fine', { tool, window, features: names })}
      </Nothing>
    );
  }
  return checked.some(({ feature }) => feature === null) &&
    findings.length === 0 ? (
    <Nothing>{t('integrity.fineWhole', { tool, window })}</Nothing>
  ) : null;
}
