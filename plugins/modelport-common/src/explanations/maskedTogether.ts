/**
 * What the contributions of all masked features together are called in a row.
 *
 * @public
 */
export const MASKED_TOGETHER = 'masked features';
