import { expect, type Locator, type Page } from '@playwright/test';

const MOST_TABS = 200;
/** Around a control, in pixels: where its mark of focus may be. */
const AROUND = 6;

/** Goes on by the tab key alone until something has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let i = 0; i < MOST_TABS; i++) {
    if (await target.evaluate(element => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`The tab key does not reach ${target}`);
}

/** Goes to a control by the tab key and presses it. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** That a control which the tab key reached looks otherwise than without the focus. */
export async function expectVisibleFocus(
  page: Page,
  target: Locator,
): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) {
    throw new Error(`${target} is not on the page`);
  }
  const clip = {
    x: Math.max(0, box.x - AROUND),
    y: Math.max(0, box.y - AROUND),
    width: box.width + 2 * AROUND,
    height: box.height + 2 * AROUND,
  };
  const picture = () => page.screenshot({ clip, caret: 'hide' });
  const focused = await picture();
  await target.blur();
  await expect(async () => {
    const without = await picture();
    expect(without.equals(await picture())).toBe(true);
    expect(without.equals(focused), `${target} shows no focus`).toBe(false);
  }).toPass();
  await target.focus();
}
