import { isIPv6 } from 'node:net';
import { SyncError } from '../../errors/SyncError.js';
import { isLoopbackAddress } from '../../platform/loopback.js';

/** One server of an address; a host that begins with `/` is the folder of a socket. */
export interface PostgresHost {
  readonly host: string;
  readonly port: number;
}

/** Where a database in PostgreSQL is, and who asks. Holds a password: never for a log or a message. */
export interface PostgresAddress {
  /** Tried in order; the one that takes changes is used. */
  readonly hosts: readonly PostgresHost[];
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  /** True for TLS on this machine too; elsewhere it always is. */
  readonly isTlsAsked: boolean;
  /** File with the certificates that are trusted, in place of those of the system. */
  readonly rootCertificates: string | undefined;
}

const PORT = 5432;
const LOGIN = /(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?/.source;
const REST = /(?<hosts>[^/?]*)(?:\/(?<database>[^?]*))?(?:\?(?<query>.*))?/.source;
const FORM = new RegExp(`^postgres(?:ql)?://${LOGIN}${REST}$`);
const HOST = /^(?:\[(?<v6>[^\]]*)\]|(?<name>[^:]*))(?::(?<port>\d*))?$/;
const KNOWN = ['host', 'port', 'dbname', 'user', 'sslmode', 'sslrootcert', 'target_session_attrs'];

/**
 * Reads an address as libpq has it: postgresql://user:password@host1:5432,host2/database?parameters.
 * @throws SyncError DatabaseAddressInvalid, which names nothing of the address but its parameters
 */
export function parsePostgresAddress(text: string): PostgresAddress {
  const parts = FORM.exec(text.trim())?.groups;
  if (parts === undefined) throw invalid('it does not have the form postgresql://user@host:port/database');
  const query = parametersOf(parts['query'] ?? '');
  const database = query.get('dbname') ?? decode(parts['database'] ?? '');
  const user = query.get('user') ?? decode(parts['user'] ?? '');
  if (database === '') throw invalid('it names no database');
  if (user === '') throw invalid('it names no user');
  const hosts = hostsOf(parts['hosts'] ?? '', query);
  const password = parts['password'];
  return {
    hosts,
    database,
    user,
    password: password === undefined || password === '' ? undefined : decode(password),
    isTlsAsked: isTlsAsked(query.get('sslmode'), hosts),
    rootCertificates: rootCertificatesOf(query.get('sslrootcert')),
  };
}

/** The address as messages and logs show it: servers and database, no user and no password. */
export function describeAddress({ hosts, database }: PostgresAddress): string {
  return `the database ${database} on ${hosts.map(describeHost).join(', ')}`;
}

/** A server as messages name it. */
export function describeHost({ host, port }: PostgresHost): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Whether nothing between this process and the server can be listened to. */
export function isOnThisMachine({ host }: PostgresHost): boolean {
  return host.startsWith('/') || host === 'localhost' || isLoopbackAddress(host);
}

function invalid(reason: string): SyncError {
  return new SyncError('DatabaseAddressInvalid', { reason });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid('a % in it is not followed by two hexadecimal digits');
  }
}

function parametersOf(text: string): ReadonlyMap<string, string> {
  const query = new Map(text === '' ? [] : text.split('&').map(pairOf));
  if (query.has('password')) throw invalid('the password stands behind the user, as in user:password@host');
  const unknown = [...query.keys()].find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) throw invalid(`the parameter ${unknown} is not known; known are ${KNOWN.join(', ')}`);
  const session = query.get('target_session_attrs') ?? 'read-write';
  if (session !== 'read-write' && session !== 'primary')
    throw invalid('the site writes to its database, so target_session_attrs can only be read-write');
  return query;
}

function pairOf(text: string): readonly [string, string] {
  const [name = '', value = ''] = text.split(/=(.*)/s);
  return [decode(name), decode(value)];
}

/** What stands in `host` and `port` goes before what stands in front of the database, as in libpq. */
function hostsOf(text: string, query: ReadonlyMap<string, string>): readonly PostgresHost[] {
  const ports = (query.get('port') ?? '').split(',');
  const named = query.get('host');
  const hosts =
    named === undefined
      ? text.split(',').map((one) => hostOf(decode(one)))
      : named.split(',').map((host) => ({ host, port: '' }));
  return hosts.map(({ host, port }, index) => {
    if (host === '') throw invalid('it names no server');
    const given = port || (ports.length === 1 ? ports[0] : ports[index]) || String(PORT);
    if (!/^\d{1,5}$/.test(given) || Number(given) < 1 || Number(given) > 65_535)
      throw invalid(`the port ${given} is not a number from 1 to 65535`);
    return { host, port: Number(given) };
  });
}

function hostOf(text: string): { readonly host: string; readonly port: string } {
  const parts = HOST.exec(text)?.groups;
  const host = parts?.['v6'] ?? parts?.['name'] ?? '';
  if (parts === undefined || (parts['v6'] !== undefined && !isIPv6(host)))
    throw invalid('a server in it does not have the form host:port; an IPv6 address stands in brackets');
  return { host, port: parts['port'] ?? '' };
}

/** Beyond this machine there is no connection without TLS that is verified. */
function isTlsAsked(mode: string | undefined, hosts: readonly PostgresHost[]): boolean {
  if (mode === undefined || mode === 'verify-full') return mode !== undefined;
  if (mode === 'disable' && hosts.every(isOnThisMachine)) return false;
  throw invalid(
    `sslmode=${mode} would not verify the server. Leave it out: TLS is then verified, and not needed on this machine`,
  );
}

/** `system` is what counts without it. */
function rootCertificatesOf(file: string | undefined): string | undefined {
  return file === undefined || file === 'system' || file === '' ? undefined : file;
}
