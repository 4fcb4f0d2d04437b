import { DefaultResultListItem } from '@backstage/plugin-search-react';
import { ComponentProps } from 'react';

/** A model among the results of the portal's search. */
export function ModelSearchResultItem(
  props: ComponentProps<typeof DefaultResultListItem>,
) {
  return <DefaultResultListItem {...props} lineClamp={3} />;
}
