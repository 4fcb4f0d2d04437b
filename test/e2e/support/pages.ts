import { expect, type Locator, type Page } from '@playwright/test';

/** Opens the portal and signs in as a person of the demo. */
export async function signIn(
  page: Page,
  portalUrl: string,
  person = 'Ada',
): Promise<void> {
  await page.goto(portalUrl);
  await page.getByRole('button', { name: `Sign in as ${person},` }).click();
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible({
    timeout: 60_000,
  });
}

/** Opens the list of models by the navigation. */
export async function openModels(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Models', exact: true }).first().click();
  await expect(page.getByRole('table', { name: 'Models' })).toBeVisible();
}

/** Searches the list, and waits until the address holds the search. */
export async function searchModels(page: Page, text: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Search models' }).fill(text);
  await page.waitForURL(
    url => url.searchParams.get('q') === (text === '' ? null : text),
  );
}

/** Opens a model from the list, which cuts long names off. */
export async function openModel(page: Page, name: string): Promise<void> {
  const links = page.getByRole('table', { name: 'Models' });
  const link =
    name.length < 100
      ? links.getByRole('link', { name, exact: true })
      : links.getByRole('link', { name: name.slice(0, 60) });
  await link.click();
  await expect(entityTab(page, 'Versions')).toBeVisible();
}

/** A tab of a catalog entity's page. */
export function entityTab(page: Page, name: string): Locator {
  return page
    .getByRole('navigation', { name: 'Content navigation' })
    .getByRole('link', { name, exact: true });
}

/** Collects what went wrong in the page: uncaught errors, and answers of 500 and above. */
export function watchForErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(`uncaught: ${error.message}`));
  page.on('response', response => {
    if (response.status() >= 500) {
      errors.push(`${response.status()} ${response.url()}`);
    }
  });
  return errors;
}
