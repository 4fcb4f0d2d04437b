import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FrozenEvidence } from '@modelport/plugin-modelport-common';
import { Age, Day } from '../components/Age';
import { Quiet, QuietLine } from '../components/Quiet';
import { promotionTranslationRef } from './messages';

/** When evidence was made, as it says itself, and of when its data are; where it does not say, when it was first seen. */
export function EvidenceTimes(props: {
  of: Pick<FrozenEvidence, 'producedAt' | 'window'> & {
    receivedAt?: string | null;
  };
}) {
  const { producedAt, receivedAt, window } = props.of;
  const { t } = useTranslationRef(promotionTranslationRef);
  return (
    <>
      {producedAt && <Age time={producedAt} />}
      {!producedAt && (
        <Quiet>
          {receivedAt
            ? t('evidence.firstSeen', { time: <Age time={receivedAt} /> })
            : '–'}
        </Quiet>
      )}
      {window && (
        <QuietLine>
          {window.start
            ? t('evidence.window', {
                start: <Day time={window.start} />,
                end: <Day time={window.end} />,
              })
            : t('evidence.windowEnd', { end: <Day time={window.end} /> })}
        </QuietLine>
      )}
    </>
  );
}
