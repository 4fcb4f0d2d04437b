import {
  configApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { ReactNode } from 'react';
import { Helmet } from 'react-helmet';
import { componentTranslationRef } from './messages';

/** What the browser's tab and history call what a page shows, instead of the page's own name. */
export function PageTitle(props: { title: string }) {
  const app = useApi(configApiRef).getOptionalString('app.title');
  return <Helmet title={`${props.title} | ${app ?? 'Backstage'}`} />;
}

/** A page of its own: the main part of the document, with its name in the browser's tab and history. */
export function Page(props: {
  page: 'models' | 'sources' | 'alerts' | 'promotions';
  children: ReactNode;
}) {
  const { t } = useTranslationRef(componentTranslationRef);
  return (
    <main>
      <PageTitle title={t(`pages.${props.page}`)} />
      <Container>{props.children}</Container>
    </main>
  );
}
