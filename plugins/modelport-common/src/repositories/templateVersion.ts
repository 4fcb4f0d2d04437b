/**
 * Version of the template "New ML model"; it rises with every change that reaches a generated file.
 *
 * @public
 */
export const TEMPLATE_VERSION = '1.6.0';

/**
 * Where a repository says from which template and answers it came.
 *
 * @public
 */
export const TEMPLATE_RECORD = '.modelport/answers.yaml';

const VERSION = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/;

/**
 * Whether a version of a template is older than another; false where either is no version.
 *
 * @public
 */
export function isOlderTemplate(version: string, than: string): boolean {
  const [left, right] = [version, than].map(text =>
    VERSION.exec(text)?.slice(1).map(Number),
  );
  if (!left || !right) {
    return false;
  }
  const place = left.findIndex((part, at) => part !== right[at]);
  return place >= 0 && left[place] < right[place];
}
