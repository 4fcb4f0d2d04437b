/** The first bytes of a file as text; what is no ASCII in it may be garbled. */
export function headText(head: Uint8Array): string {
  return Buffer.from(head).toString('latin1');
}
