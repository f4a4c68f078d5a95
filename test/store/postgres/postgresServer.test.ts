import { expect } from 'chai';
import { testDatabase } from './postgresSuite.js';

describe('The PostgreSQL of the tests', () => {
  const database = testDatabase();

  it('runs under an unprivileged account and gives each test an empty database', () => {
    const { server, name } = database();
    expect(server.sql('SELECT count(*) FROM pg_class WHERE relnamespace = 2200', name)).to.equal('0');
    expect(server.sql("SELECT setting FROM pg_settings WHERE name = 'data_directory'")).to.contain(server.folder);
    server.sql('CREATE TABLE left_over()', name);
  });

  it('orders as a language does where nobody asks for the bytes', () => {
    const { server, name } = database();
    expect(
      server.sql("SELECT string_agg(x, '' ORDER BY x) FROM (VALUES ('b'), ('A'), ('a'), ('B')) v(x)", name),
    ).to.equal('aAbB');
    expect(server.sql('SELECT count(*) FROM pg_class WHERE relnamespace = 2200', name)).to.equal('0');
  });

  it('comes back after a crash with what was committed', async () => {
    const { server, name } = database();
    server.sql('CREATE TABLE kept(x int); INSERT INTO kept VALUES (7)', name);
    await server.stop();
    expect(() => server.sql('SELECT 1', name)).to.throw('psql');
    await server.start();
    expect(server.sql('SELECT x FROM kept', name)).to.equal('7');
  });
});
