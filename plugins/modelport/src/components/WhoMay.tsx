import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import Typography from '@mui/material/Typography';
import { componentTranslationRef } from './messages';

/**
 * Says who may do what the reader may not: by which permission, and which groups the sample policy gives it to.
 */
export function WhoMay(props: {
  /** What the reader may not do, as a sentence. */
  what: string;
  permission: { name: string };
  /** Which groups of the sample policy have the permission. */
  groups: 'riskGroups' | 'adminGroups';
  /** Whether the sample policy gives it to the owners of the model, too. */
  orOwner?: boolean;
}) {
  const { what, permission, groups, orOwner } = props;
  const { t } = useTranslationRef(componentTranslationRef);
  const refs =
    useApi(configApiRef).getOptionalStringArray(`modelport.policy.${groups}`) ??
    [];
  return (
    <Typography variant="body2" color="text.secondary" component="p">
      {what} {t('whoMay.permission', { permission: permission.name })}{' '}
      {refs.length > 0 ? (
        <>
          {orOwner ? t('whoMay.ownerOrGroups') : t('whoMay.groups')}{' '}
          <EntityRefLinks entityRefs={refs} defaultKind="group" hideIcons />.
        </>
      ) : (
        t('whoMay.policy')
      )}
    </Typography>
  );
}
