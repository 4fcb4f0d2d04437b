/** Whether a text fits a pattern in which `*` stands for any letters. */
export function matchesPattern(pattern: string, value: string): boolean {
  const parts = pattern
    .split('*')
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(value);
}
