import { useRouteRef } from '@backstage/frontend-plugin-api';
import { selectedTemplateRouteRef } from '../routes';

/** Leads to the form of a template, filled in; undefined where the portal has no templates. */
export function useTemplatePath():
  | ((templateName: string, formData: Record<string, string>) => string)
  | undefined {
  const path = useRouteRef(selectedTemplateRouteRef);
  return (
    path &&
    ((templateName, formData) =>
      `${path({ namespace: 'default', templateName })}?${new URLSearchParams({
        formData: JSON.stringify(formData),
      })}`)
  );
}
