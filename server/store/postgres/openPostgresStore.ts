import type { Clock } from '../../platform/Clock.js';
import { describeAddress, parsePostgresAddress } from './PostgresAddress.js';
import { PostgresTransactions } from './PostgresTransactions.js';

/** What a store in PostgreSQL is opened with. */
interface PostgresPlace {
  /** As `parsePostgresAddress` reads it. Holds a password. */
  readonly address: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: (line: string) => void;
}

/** The store of a site in PostgreSQL: not reached by any command before all of it is there. */
export function openPostgresStore({ address: text, log, ...timing }: PostgresPlace): PostgresTransactions {
  const address = parsePostgresAddress(text);
  log(`The site is in PostgreSQL at ${describeAddress(address)}.`);
  return new PostgresTransactions(address, { ...timing, log });
}
