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
  before(async function () {
    const bin = findPostgres();
    if (bin === undefined) skipSuite(this, MISSING);
    else await sharedServer(bin);
  });
  beforeEach(async () => {
    const server = await sharedServer(findPostgres() ?? '');
    databases += 1;
    const name = `test${databases}`;
    server.sql(`CREATE DATABASE ${name}`);
    current = { server, name, address: server.overSocket(name) };
  });
  afterEach(() => {
    current?.server.sql(`DROP DATABASE IF EXISTS ${current.name} WITH (FORCE)`);
  });
  return () => current!;
}

async function sharedServer(bin: string): Promise<PostgresServer> {
  shared ??= PostgresServer.make(bin);
  return shared;
}
