import type { IncomingHttpHeaders } from 'node:http';

/** Where a request comes from, and what it says of itself. */
export interface Visit {
  /** The address of the peer. */
  readonly peer: string;
  readonly headers: IncomingHttpHeaders;
}

/** Headers with which a proxy says for whom it asks: then the peer is not who reads. */
const FORWARDING =
  /^(?:forwarded|via|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip|x-(?:forwarded|original|arr)-.*)$/;

/** Why nobody is let in; undefined for somebody on this machine. */
export function reasonAgainst({
  peer,
  headers,
}: Visit): 'NotLocal' | 'Forwarded' | 'OtherHost' | 'OtherSite' | undefined {
  if (!isLoopback(peer)) return 'NotLocal';
  if (Object.keys(headers).some((name) => FORWARDING.test(name))) return 'Forwarded';
  if (!isLoopbackHost(headers.host ?? '')) return 'OtherHost';
  return isFromOtherSite(headers) ? 'OtherSite' : undefined;
}

/** A stranger's page that takes something of this one to learn from it; somebody who follows a link may. */
function isFromOtherSite(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-dest'] !== 'document';
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}

/** Another name for this machine may be one that a stranger's page was given (DNS rebinding). */
function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i.test(host);
}
