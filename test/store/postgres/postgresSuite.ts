import { skipSuite } from '../../powershell/skipSuite.js';
import { findPostgres, PostgresServer } from './PostgresServer.js';

const MISSING = 'PostgreSQL is not installed on this machine. On Debian: apt-get install postgresql.';

let shared: Promise<PostgresServer> | undefined;
let databases = 0;

/** A database on the server that all suites of this process share. */
export interface TestDatabase {
  readonly server: PostgresServer;
  readonly name: string;
  /** Address over the socket. */
  readonly address: string;
}

/** For each test of the suite this is called in an empty database; without PostgreSQL the suite is skipped. */
export function testDatabase(): () => TestDatabase {
  let current: TestDatabase | undefined;
  skippedWithout();
  beforeEach(async () => void (current = await emptyDatabase()));
  afterEach(() => drop(current));
  return () => current!;
}

/** One database for all tests of the suite, which build on each other; without PostgreSQL the suite is skipped. */
export function suiteDatabase(): () => TestDatabase {
  let current: TestDatabase | undefined;
  skippedWithout();
  before(async () => void (current = await emptyDatabase()));
  after(() => drop(current));
  return () => current!;
}

function skippedWithout(): void {
  before(async function () {
    const bin = findPostgres();
    if (bin === undefined) skipSuite(this, MISSING);
    else await sharedServer(bin);
  });
}

async function emptyDatabase(): Promise<TestDatabase> {
  const server = await sharedServer(findPostgres() ?? '');
  databases += 1;
  const name = `test${databases}`;
  server.sql(`CREATE DATABASE ${name}`);
  return { server, name, address: server.overSocket(name) };
}

function drop(database: TestDatabase | undefined): void {
  database?.server.sql(`DROP DATABASE IF EXISTS ${database.name} WITH (FORCE)`);
}

async function sharedServer(bin: string): Promise<PostgresServer> {
  shared ??= PostgresServer.make(bin);
  return shared;
}
