import { expect } from 'chai';
import { parsePostgresAddress } from '../../../server/store/postgres/PostgresAddress.js';
import { PostgresServers } from '../../../server/store/postgres/PostgresServers.js';
import { testDatabase } from './postgresSuite.js';

describe('The servers of an address', () => {
  const database = testDatabase();

  it('are left once by connections that fail together, and not the next one too', async () => {
    const servers = new PostgresServers(parsePostgresAddress(database().address));
    const failed = [await servers.take(), await servers.take()] as const;
    for (const { client } of failed) client.release(true);
    await servers.leave(failed[0].place);
    const next = await servers.take();
    expect(next.place).not.to.equal(failed[0].place);
    await servers.leave(failed[1].place);
    const after = await servers.take();
    expect(after.place).to.equal(next.place);
    for (const { client } of [next, after]) client.release();
    await servers.leave(next.place);
    const last = await servers.take();
    expect(last.place).not.to.equal(next.place);
    last.client.release();
    await servers.close();
  });

  it('give a connection also to those who asked while others left', async () => {
    const servers = new PostgresServers(parsePostgresAddress(database().address));
    (await servers.take()).client.release();
    const leaving = servers.leave();
    const taken = await Promise.all([servers.take(), servers.take()]);
    await leaving;
    for (const { client } of taken) {
      expect((await client.query({ text: 'SELECT 7', rowMode: 'array' })).rows).to.deep.equal([[7]]);
      client.release();
    }
    await servers.close();
  });
});
