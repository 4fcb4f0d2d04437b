import { createTranslationRef } from '@backstage/frontend-plugin-api';
/**
 * The texts of what several pages share, for translation.
 *
 * @public
 */
export const componentTranslationRef = createTranslationRef({
  id: 'modelport.components',
  messages: {
    loading: 'Loading…',
    retry: 'Try again',
    failed: {
      title: 'This could not be loaded',
      notAllowed:
        'You may not see this. Ask whoever looks after permissions in your portal.',
      notFound:
        'It does not exist, or you may not see it. It may have been renamed or retired in its registry.',
      badRequest: 'The portal does not understand this address.',
      unreachable:
        'The portal’s backend could not be reached. Nothing is lost: what was read from the registries stays there.',
      broken:
        'The portal’s backend could not answer. Nothing is lost: what was read from the registries stays there.',
      keptOld: 'What you see is what was last loaded.',
      cause: 'It said: {{message}}',
    },
    figure: {
      unknown: 'unknown',
    },
    showMore: 'Show all of it',
    showLess: 'Show less',
    csv: {
      button: 'CSV',
    },
    copy: 'Copy',
    copied: 'Copied',
    risk: {
      low: 'low',
      medium: 'medium',
      high: 'high',
      unconfirmed: '{{tier}} (unconfirmed)',
      proposed:
        'The registry proposes {{tier}}. It counts only once someone who may has confirmed it; until then the model is treated as high.',
      notProposed:
        'Nobody has confirmed a tier and the registry proposes none, so the model is treated as high.',
      confirmed: 'Confirmed by {{by}} on {{at}}: {{comment}}',
    },
    drift: {
      none: 'no drift',
      warning: 'warning',
      drifting: 'drifting',
      unknown: 'no data',
    },
    direction: {
      higher: 'higher is better',
      lower: 'lower is better',
    },
    pages: {
      models: 'Models',
      sources: 'Sources',
      alerts: 'Alerts',
      promotions: 'Promotions',
    },
    whoMay: {
      permission: 'It takes the permission {{permission}}.',
      groups: 'Here that is given to the members of',
      ownerOrGroups:
        'Here that is given to the owner of the model and to the members of',
      policy: 'Whoever runs the portal can tell who has it.',
    },
    stale: 'old data',
    staleHint:
      'The source has not answered since {{at}}; this is what it said then.',
    externalLink: '{{title}} (opens in a new tab)',
  },
});
