/** What a column may hold of people. */
export type PersonalKind =
  | 'e-mail'
  | 'phone'
  | 'name'
  | 'address'
  | 'birth'
  | 'number'
  | 'person'
  | 'internet';

/** Values that are looked at, and how much of each. */
const MOST_VALUES = 200;
const MOST_LENGTH = 100;
/** The share of them that has to look so. */
const SHARE = 0.8;

const BY_VALUE: Array<[PersonalKind, RegExp]> = [
  ['e-mail', /^[^\s@]{1,64}@[^\s@.]{1,60}(\.[^\s@.]{1,60}){1,4}$/],
  ['internet', /^(\d{1,3}\.){3}\d{1,3}$/],
  ['number', /^[A-Z]{2}\d{2}( ?[A-Z0-9]{4}){3,7}( ?[A-Z0-9]{1,3})?$/],
  ['number', /^\d{3}-\d{2}-\d{4}$/],
  ['phone', /^(\+|00)\d[\d ()./-]{6,18}\d$/],
  ['phone', /^\(?0\d{1,4}\)?[ /-]\d[\d -]{3,14}\d$/],
];

/** Two or three words as people are called; towns are too, so it counts only where hardly any is there twice. */
const FULL_NAME = /^\p{Lu}[\p{L}'’-]+( \p{Lu}\.?)?( \p{Lu}[\p{L}'’-]+){1,2}$/u;

/** Words of a name, parted by underscores: `customerEmail` is `customer_email`. */
const BY_NAME: Array<[PersonalKind, RegExp]> = [
  ['e-mail', /(^|_)e_?mail(_|$)/],
  ['phone', /(^|_)(phone|mobile|telephone|tel|fax|cell)(_|$)/],
  [
    'name',
    /(^|_)(first|last|full|sur|given|family|middle|maiden|user|nick)_?name(_|$)|^(name|person|applicant|customer|client|patient|employee|contact|account)_?(holder_?)?name$|^name$/,
  ],
  ['birth', /(^|_)(birth|birthday|birthdate|dob)(_|$)|date_of_birth/],
  ['address', /(^|_)(address|street|house_number)(_|$)/],
  [
    'number',
    /(^|_)(ssn|iban|passport|tax_?id|vat_?id|national_?id|social_security|insurance_?(no|number)|card_?(no|number)|licen[cs]e_?(no|number))(_|$)/,
  ],
  ['internet', /(^|_)(ip|ip_?address|mac_?address|device_?id|cookie)(_|$)/],
  [
    'person',
    /^(customer|client|person|user|patient|employee|member|subject|applicant|borrower|account)_?(id|key|no|number|uuid|ref)$/,
  ],
];

/** What of people a column seems to hold, by its name and by what its values look like; null where nothing. */
export function personalKindOf(
  name: string,
  type: string,
  values: readonly unknown[],
): PersonalKind | null {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
  const byName = BY_NAME.find(([, pattern]) => pattern.test(words));
  if (byName) {
    return byName[0];
  }
  if (type !== 'text') {
    return null;
  }
  const texts = values
    .slice(0, MOST_VALUES)
    .map(value => String(value).trim().slice(0, MOST_LENGTH));
  const most = (pattern: RegExp) =>
    texts.length > 0 &&
    texts.filter(text => pattern.test(text)).length >= SHARE * texts.length;
  const byValue = BY_VALUE.find(([, pattern]) => most(pattern));
  if (byValue) {
    return byValue[0];
  }
  const differ = new Set(texts).size >= SHARE * texts.length;
  return texts.length > 1 && differ && most(FULL_NAME) ? 'name' : null;
}
