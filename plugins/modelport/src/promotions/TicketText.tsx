import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Promotion } from '@modelport/plugin-modelport-common';
import { Age } from '../components/Age';
import { ExternalLink } from '../components/ExternalLink';
import { QuietLine } from '../components/Quiet';
import { promotionTranslationRef } from './messages';

/** The change ticket of a promotion, with what its tracker said of it last. */
export function TicketText(props: {
  promotion: Pick<Promotion, 'ticket' | 'changeTicket'>;
}) {
  const { ticket, changeTicket } = props.promotion;
  const { t } = useTranslationRef(promotionTranslationRef);
  const reference = changeTicket?.reference || ticket;
  // What was kept before each check was.
  const isOld = changeTicket?.checks.length === 0;
  return (
    <>
      {reference && (
        <ExternalLink url={changeTicket?.url ?? reference} title={reference} />
      )}
      {changeTicket?.state && changeTicket.checkedAt && isOld && (
        <QuietLine>
          {t('review.ticketState', {
            state: changeTicket.state,
            time: <Age time={changeTicket.checkedAt} />,
          })}
        </QuietLine>
      )}
      {changeTicket?.message && isOld && (
        <QuietLine>{changeTicket.message}</QuietLine>
      )}
      {changeTicket?.checks.map(({ when, at, state, message, allowed }) => (
        <QuietLine key={`${when} ${at}`}>
          {t(`ticket.${when}`, {
            time: <Age time={at} />,
            said: message ?? state ?? t('ticket.nothing'),
          })}
          {!allowed && <> {t('ticket.refused')}</>}
        </QuietLine>
      ))}
    </>
  );
}
