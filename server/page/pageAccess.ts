import type { IncomingHttpHeaders } from 'node:http';
import { isLoopbackAddress } from '../platform/loopback.js';

/** Where a request comes from, and what it says of itself. */
export interface Visit {
  /** The address of the peer. */
  readonly peer: string;
  /** It came inside TLS. */
  readonly isEncrypted: boolean;
  readonly headers: IncomingHttpHeaders;
}

/** Headers with which a proxy says for whom it asks: then the peer is not who reads. */
const FORWARDING = new RegExp(
  '^(?:forwarded|via|cdn-loop|front-end-https|remote-addr|(?:.+-)?client-?ip|.+-connecting-ip(?:v6)?|' +
    'x-(?:forwarded|original|arr|real|envoy|azure|ms|remote|proxy|proxyuser|host|scheme)(?:-.*)?)$',
);

/** Why somebody is not even asked for a token. */
type Refusal = 'NotLocal' | 'Forwarded' | 'OtherHost' | 'OtherSite';

/**
 * Whoever is on this machine, by a name that only this machine has, is asked for nothing. Everybody else is asked for a
 * token, inside TLS only.
 */
export function standingOf({ peer, isEncrypted, headers }: Visit): 'Local' | 'Stranger' | Refusal {
  if (isFromOtherSite(headers)) return 'OtherSite';
  const reason = reasonAgainstLocal(peer, headers);
  if (reason === undefined) return 'Local';
  return isEncrypted ? 'Stranger' : reason;
}

function reasonAgainstLocal(peer: string, headers: IncomingHttpHeaders): Refusal | undefined {
  if (!isLoopbackAddress(peer)) return 'NotLocal';
  if (Object.keys(headers).some((name) => FORWARDING.test(name))) return 'Forwarded';
  return isLoopbackHost(headers.host ?? '') ? undefined : 'OtherHost';
}

/** A stranger's page that takes something of this one to learn from it; somebody who follows a link may. */
function isFromOtherSite(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-dest'] !== 'document';
}

/** A form that another site has a browser send. Without a referrer the page's own forms have the origin null. */
export function isForeignForm(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const { origin } = headers;
  if (origin === undefined || origin === 'null') return false;
  return !URL.canParse(origin) || new URL(origin).host !== headers.host;
}

/** Another name for this machine may be one that a stranger's page was given (DNS rebinding). */
function isLoopbackHost(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i.test(host);
}
