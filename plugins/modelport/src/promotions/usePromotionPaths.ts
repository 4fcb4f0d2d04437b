import { useRouteRef } from '@backstage/frontend-plugin-api';
import { promotionsRouteRef } from '../routes';

/** Addresses of promotions; undefined where the portal does not have their page. */
export function usePromotionPaths() {
  const list = useRouteRef(promotionsRouteRef)?.();
  return list === undefined
    ? undefined
    : {
        list,
        audit: `${list}/audit`,
        review: (promotion: string) =>
          `${list}/${encodeURIComponent(promotion)}`,
      };
}
