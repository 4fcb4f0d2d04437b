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
  return (
    <>
      {reference && (
        <ExternalLink url={changeTicket?.url ?? reference} title={reference} />
      )}
      {changeTicket?.state && changeTicket.checkedAt && (
        <QuietLine>
          {t('review.ticketState', {
            state: changeTicket.state,
            time: <Age time={changeTicket.checkedAt} />,
          })}
        </QuietLine>
      )}
      {changeTicket?.message && <QuietLine>{changeTicket.message}</QuietLine>}
    </>
  );
}
