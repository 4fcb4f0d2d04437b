/** Longer messages are cut. */
const MAX_MESSAGE = 500;

/** A message with a full stop, where another sentence follows. */
export function asSentence(message: string): string {
  return /[.!?…]$/.test(message) ? message : `${message}.`;
}

/** An error in words. A database's error comes with its statement and values, which are for nobody to read. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const isStatement = /^\s*(insert|update|select|delete|with) /i.test(message);
  const words = isStatement
    ? `It could not be stored: ${message.slice(message.lastIndexOf(' - ') + 3)}`
    : message;
  return words.length > MAX_MESSAGE
    ? `${words.slice(0, MAX_MESSAGE)} …`
    : words;
}
