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
  const [first] = checked;
  if (!first) {
    return integrity.length === 0 ? (
      <Nothing>{t('integrity.uncheckedAll')}</Nothing>
    ) : null;
  }
  const found = new Set(
    integrity
      .filter(({ start, tool }) => start === first.start && tool === first.tool)
      .map(({ feature }) => feature),
  );
  const fine = checked.filter(({ feature }) => !found.has(feature));
  const known = new Set(checked.map(({ feature }) => feature));
  const unchecked = features.filter(feature => !known.has(feature));
  const window = windowLabel(first.start, first.end);
  const { tool } = first;
  return (
    <>
      {fine.length > MOST_NAMES && (
        <Nothing>
          {t('integrity.fineMany', { count: fine.length, window, tool })}
        </Nothing>
      )}
      {fine.length > 0 && fine.length <= MOST_NAMES && (
        <Nothing>
          {t('integrity.fine', { tool, window, features: named(fine) })}
        </Nothing>
      )}
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

function named(checked: CheckedData[]): string {
  return checked.map(({ feature }) => feature).join(', ');
}
