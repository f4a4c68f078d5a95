/** What the system or OpenSSL says of a failure, as Node.js puts it on an error. */
interface SystemFacts extends Error {
  readonly code?: unknown;
  readonly hostname?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  readonly reason?: unknown;
  readonly library?: unknown;
}

/** Each network failure in words; `%` is the host, with its port where that is known. */
const NETWORK: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name % is unknown to the name server',
  EAI_AGAIN: 'no name server answered for %',
  EAI_FAIL: 'the name server failed for %',
  ECONNREFUSED: '% refused the connection, so no program listens there or a firewall rejects it',
  ECONNRESET: 'the other end reset the connection',
  ECONNABORTED: 'the connection was aborted on this machine',
  EPIPE: 'the other end closed the connection',
  EHOSTUNREACH: 'there is no route to %',
  EHOSTDOWN: '% does not answer on the network',
  ENETUNREACH: 'there is no network route to %',
  ENETDOWN: 'the network of this machine is down',
  ETIMEDOUT: '% did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: '% did not answer in time',
  EADDRINUSE: 'another program already listens there',
  EADDRNOTAVAIL: 'this machine does not have that address',
};

/** A failure of the network or of TLS in words, with its code; undefined for any other. */
export function systemReason(error: Error): string | undefined {
  const facts: SystemFacts = error;
  if (typeof facts.code !== 'string') return undefined;
  if (facts.library === 'SSL routines' && typeof facts.reason === 'string') return `${facts.reason} (${facts.code})`;
  if (error.message.includes('before secure TLS'))
    return `the other end closed the connection during the TLS handshake (${facts.code})`;
  const words = NETWORK[facts.code];
  if (words === undefined) return undefined;
  return `${words.replace('%', () => peerOf(facts))} (${facts.code})`;
}

function peerOf({ hostname, address, port }: SystemFacts): string {
  if (typeof hostname === 'string') return hostname;
  if (typeof address !== 'string') return 'the other end';
  if (typeof port !== 'number') return address;
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}
