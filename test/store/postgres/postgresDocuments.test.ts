import { randomFillSync } from 'node:crypto';
import { expect } from 'chai';
import type { DocumentStore } from '../../../server/store/DocumentStore.js';
import { rejectionOf } from '../../fixtures/rejection.js';
import { Cleanup } from '../../upstream/harness.js';
import { documentStoreAcceptance } from '../documentStoreAcceptance.js';
import { openTestStore } from './openTestStore.js';
import { testDatabase } from './postgresSuite.js';

describe('Documents in PostgreSQL', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());
  const database = testDatabase();
  const open = async (): Promise<DocumentStore> => (await openTestStore(database(), cleanup)).documents;
  documentStoreAcceptance('PostgreSQL', open);

  it('lie in rows of which none is long, and survive the server', async () => {
    const { server, name } = database();
    const store = await open();
    const long = randomFillSync(Buffer.alloc(3_000_000));
    const [location] = await store.append('updates', [long]);
    const longest = 'SELECT max(octet_length(bytes)), count(*) FROM configmgrsync.document_piece';
    expect(server.sql(longest, name)).to.equal('262144|12');
    await server.stop();
    await server.start();
    expect(Buffer.from(await store.reopened().read(location!)).equals(long)).to.equal(true);
  });

  it('are known to be damaged at every byte that changed', async () => {
    const { server, name } = database();
    const store = await open();
    const [first, second] = await store.append('updates', [Buffer.from('one document'), Buffer.from('another')]);
    const length = (first?.length ?? 0) + (second?.length ?? 0);
    const flip = (at: number): string =>
      server.sql(
        `UPDATE configmgrsync.document_piece SET bytes = set_byte(bytes, ${at}, get_byte(bytes, ${at}) # 1)`,
        name,
      );
    for (let at = 0; at < length; at += 31) {
      flip(at);
      expect(await rejectionOf(store.reopened().read(second!)), `byte ${at}`).to.equal('StoreCorrupt');
      flip(at);
    }
    expect(Buffer.from(await store.reopened().read(second!)).toString()).to.equal('another');
    server.sql('UPDATE configmgrsync.document_piece SET bytes = substr(bytes, 1, 9)', name);
    expect((await store.inspect())[0]?.problem).to.equal(`9 of its ${length} bytes are there`);
  });

  it('go on in another segment where somebody has removed the one before', async () => {
    const { server, name } = database();
    const store = await open();
    const [before] = await store.append('updates', [Buffer.from('a')]);
    server.sql('DELETE FROM configmgrsync.document_segment', name);
    const [after] = await store.append('updates', [Buffer.from('b')]);
    expect(after?.segment).not.to.equal(before?.segment);
    expect(Buffer.from(await store.read(after!)).toString()).to.equal('b');
  });

  it('are in no backup of files', async () => {
    const store = await open();
    expect(() => store.hold()).to.throw('a backup of files is for stores in files');
  });
});
