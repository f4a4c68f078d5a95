/** What the system or OpenSSL says of a failure, as Node.js puts it on an error. */
interface SystemFacts extends Error {
  readonly code?: unknown;
  readonly hostname?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
  readonly reason?: unknown;
  readonly library?: unknown;
  readonly path?: unknown;
  readonly syscall?: unknown;
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

/** Each failure of a file in words; `%` is its path. */
const FILES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no file or folder %',
  EACCES: 'this account has no permission for %',
  EPERM: 'the system does not permit that for %',
  EROFS: '% is on a disk that can only be read',
  EISDIR: '% is a folder',
  ENOTDIR: 'a folder in the path % is a file',
  EEXIST: '% exists already',
  EBUSY: 'another program uses %',
  ENAMETOOLONG: 'the path % is too long',
};
/** Each failure of a disk, which need not name a file. */
const DISK: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left on the disk',
  EDQUOT: 'the disk quota of this account is used up',
  EIO: 'the disk reported a failure',
};
/** What these do has a path too, which is a program or a socket. */
const NO_FILE = /^(?:spawn|connect|bind|listen)/;

/** A failure of the network, of TLS or of a file in words, with its code; undefined for any other. */
export function systemReason(error: Error): string | undefined {
  const facts: SystemFacts = error;
  if (typeof facts.code !== 'string') return undefined;
  if (facts.library === 'SSL routines' && typeof facts.reason === 'string') return `${facts.reason} (${facts.code})`;
  if (error.message.includes('before secure TLS'))
    return `the other end closed the connection during the TLS handshake (${facts.code})`;
  const words = NETWORK[facts.code];
  return words === undefined
    ? fileReason(facts, facts.code)
    : `${words.replace('%', () => peerOf(facts))} (${facts.code})`;
}

function fileReason({ path, syscall }: SystemFacts, code: string): string | undefined {
  const disk = DISK[code];
  if (disk !== undefined) return typeof path === 'string' ? `${disk}: ${path} (${code})` : `${disk} (${code})`;
  const words = FILES[code];
  if (words === undefined || typeof path !== 'string' || typeof syscall !== 'string') return undefined;
  return NO_FILE.test(syscall) ? undefined : `${words.replace('%', () => path)} (${code})`;
}

function peerOf({ hostname, address, port }: SystemFacts): string {
  if (typeof hostname === 'string') return hostname;
  if (typeof address !== 'string') return 'the other end';
  if (typeof port !== 'number') return address;
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}
