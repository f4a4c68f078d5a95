const LOOPBACK = /^(localhost|\[?::1\]?|127(\.\d{1,3}){3})$/i;

/** Tells whether a host name or address is this machine's loopback, whoever answers for names below `localhost`. */
export function isLoopbackServer(host: string): boolean {
  return LOOPBACK.test(host);
}
