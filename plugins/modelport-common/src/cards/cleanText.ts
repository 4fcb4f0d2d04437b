/** Where a link of an exported card may lead; anything else with a scheme, an entity or an escape leads nowhere. */
const SAFE_TARGET = /^(https?:\/\/|mailto:|#|\.{0,2}\/)[^\s<>"'`\\]*$/i;
const PLAIN_TARGET = /^[a-z0-9._~/%+-]*(#[a-z0-9._~%-]*)?$/i;

function safeTarget(target: string): string {
  return SAFE_TARGET.test(target) || PLAIN_TARGET.test(target) ? target : '#';
}

/** A text without the characters that show as nothing, or turn what is beside them around; lines end in one way. */
export function withoutControls(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, char =>
      char === '\n' || char === '\t' ? char : '',
    );
}

/**
 * Makes a stranger's Markdown harmless for those who will open an export: HTML becomes the text that it is, links lead
 * to http, https, mailto and within the document only, and images, which would tell their servers who reads, become
 * links. Control characters are dropped. Doing it twice changes nothing more.
 *
 * @public
 */
export function cleanText(text: string): string {
  return withoutControls(text)
    .replace(/<(?=[a-z/!?])/gi, '&lt;')
    .replace(/!+(?=\[)/g, '')
    .replace(
      /(\]\(\s*)((?:\([^()\s]*\)|[^)\s])*)/g,
      (_, before: string, target: string) => before + safeTarget(target),
    )
    .replace(
      /(\]:[ \t]*(?:\n[ \t]*)?)(\S+)/g,
      (_, before: string, target: string) => before + safeTarget(target),
    );
}
