/**
 * An address without user, password and query, which may hold a signature; what is no address is left as it is, but
 * for what looks like a password before a host.
 */
export function withoutCredentials(address: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address) && URL.canParse(address)) {
    const url = new URL(address);
    if (!url.username && !url.password && !url.search) {
      return address;
    }
    url.username = '';
    url.password = '';
    url.search = '';
    return url.href;
  }
  return address.replace(/\/\/[^/@\s]*@/g, '//');
}
