import { reasonOf, SyncError, type ErrorData, type ErrorId } from '../../errors/SyncError.js';

/**
 * What is to be done about a failure: `again` with the same transaction at once, `elsewhere` with another connection or
 * server, `wait` for room on the server; what is `final` is told.
 */
export type FailureKind = 'again' | 'elsewhere' | 'wait' | 'final';

/** A failure of PostgreSQL, of the network or of TLS. */
export interface PostgresFailure {
  readonly kind: FailureKind;
  /** What is told where it does not pass. */
  readonly error: SyncError;
}

/** Who failed, as messages name it. */
export interface FailedPlace {
  readonly server: string;
  readonly database: string;
  readonly user: string;
}

type Meaning = readonly [FailureKind, ErrorId];

/** By SQLSTATE (PostgreSQL, appendix A). */
const STATES: Readonly<Record<string, Meaning>> = {
  '40001': ['again', 'DatabaseContended'],
  '40P01': ['again', 'DatabaseContended'],
  '55P03': ['again', 'DatabaseContended'],
  '25006': ['elsewhere', 'DatabaseReadOnly'],
  '57P01': ['elsewhere', 'DatabaseUnreachable'],
  '57P02': ['elsewhere', 'DatabaseUnreachable'],
  '57P03': ['elsewhere', 'DatabaseUnreachable'],
  '57P05': ['elsewhere', 'DatabaseUnreachable'],
  '25P03': ['elsewhere', 'DatabaseUnreachable'],
  '58030': ['elsewhere', 'DatabaseUnreachable'],
  '53300': ['wait', 'DatabaseConnectionsUsedUp'],
  '53100': ['final', 'DatabaseFull'],
  '57014': ['final', 'DatabaseTimedOut'],
  '28P01': ['final', 'DatabaseLoginRefused'],
  '28000': ['final', 'DatabaseLoginRefused'],
  '3D000': ['final', 'DatabaseMissing'],
  '42501': ['final', 'DatabaseRightsMissing'],
};

/** Of the network, as Node.js names them. */
const NETWORK = /^(?:E[A-Z]+|UND_ERR_\w+)$/;
/** What `pg` says of a connection that is gone; it has no code for that. */
const GONE = [
  'Connection terminated',
  'Client has encountered a connection error',
  'Client was closed',
  'Query read timeout',
  'timeout expired',
  'timeout exceeded',
];
const NO_TLS = /SSL connection|does not support SSL/;
const TLS = /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|ERR_OSSL_)/;

/** What a failure means. A SyncError that a transaction itself raised stays as it is. */
export function failureOf(caught: unknown, place: FailedPlace): PostgresFailure {
  if (caught instanceof SyncError) return { kind: 'final', error: caught };
  const [kind, id] = meaningOf(caught);
  const data: ErrorData =
    id === 'InternalError'
      ? { where: 'the database', reason: reasonOf(caught) }
      : { ...place, reason: reasonOf(caught) };
  return { kind, error: new SyncError(id, data, { cause: caught }) };
}

function meaningOf(caught: unknown): Meaning {
  const { code, message } = caught as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : '';
  if (typeof code === 'string') {
    const known = STATES[code];
    if (known !== undefined) return known;
    if (TLS.test(code)) return ['final', 'DatabaseTlsFailed'];
    // Class 08 is connections.
    if (code.startsWith('08') || NETWORK.test(code)) return ['elsewhere', 'DatabaseUnreachable'];
  }
  if (NO_TLS.test(text)) return ['final', 'DatabaseTlsFailed'];
  return GONE.some((start) => text.startsWith(start))
    ? ['elsewhere', 'DatabaseUnreachable']
    : ['final', 'InternalError'];
}
