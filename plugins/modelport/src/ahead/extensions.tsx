import { AppRootElementBlueprint } from '@backstage/frontend-plugin-api';
import { AskAhead } from './AskAhead';

export const askAhead = AppRootElementBlueprint.make({
  name: 'ask-ahead',
  params: { element: <AskAhead /> },
});
