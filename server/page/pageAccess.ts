import type { IncomingHttpHeaders } from 'node:http';

/** Where a request comes from, and what it says of itself. */
export interface Visit {
  /** The address of the peer. */
  readonly peer: string;
  readonly headers: IncomingHttpHeaders;
}

/** Headers with which a proxy says for whom it asks: then the peer is not who reads. */
const FORWARDING = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/** Why nobody is let in; undefined for somebody on this machine. */
export function reasonAgainst({ peer, headers }: Visit): 'NotLocal' | 'Forwarded' | 'OtherHost' | undefined {
  if (!isLoopback(peer)) return 'NotLocal';
  if (FORWARDING.some((name) => headers[name] !== undefined)) return 'Forwarded';
  return isLoopbackHost(headers.host ?? '') ? undefined : 'OtherHost';
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}

/** Another name for this machine may be one that a stranger's page was given (DNS rebinding). */
function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i.test(host);
}
