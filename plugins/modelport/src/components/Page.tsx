import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { ReactNode } from 'react';
import { Helmet } from 'react-helmet';
import { componentTranslationRef } from './messages';

/** A page of its own: the main part of the document, with its name in the browser's tab and history. */
export function Page(props: {
  page: 'models' | 'sources' | 'alerts' | 'promotions';
  children: ReactNode;
}) {
  const { t } = useTranslationRef(componentTranslationRef);
  const app = useApi(configApiRef).getOptionalString('app.title');
  return (
    <main>
      <Helmet title={`${t(`pages.${props.page}`)} | ${app ?? 'Backstage'}`} />
      <Container>{props.children}</Container>
    </main>
  );
}
