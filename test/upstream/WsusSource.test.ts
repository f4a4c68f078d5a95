import { expect } from 'chai';
import { createBlobCabinetReader } from '../../server/cabinet/readBlobCabinet.js';
import { writeBlobCabinet } from '../../server/cabinet/writeBlobCabinet.js';
import { identityKey } from '../../server/metadata/UpdateIdentity.js';
import type { OperationInfo } from '../../server/downstream/UpstreamServerOptions.js';
import { Cleanup, EVERYTHING, failure, makeSource, NEVER, startUpstream } from './harness.js';
import { guid, memoryCatalogue } from './memoryCatalogue.js';
import { sourceAcceptance } from './sourceAcceptance.js';

sourceAcceptance('WsusSource over plain blobs', async () => {
  const cleanup = new Cleanup();
  const { url } = await startUpstream(cleanup);
  return { source: makeSource(cleanup, { url }).source, end: async () => cleanup.run() };
});

sourceAcceptance('WsusSource over compressed blobs', async () => {
  const cleanup = new Cleanup();
  const { url } = await startUpstream(cleanup, { blob: 'mszip' });
  return { source: makeSource(cleanup, { url }).source, end: async () => cleanup.run() };
});

sourceAcceptance('WsusSource over real MSZIP cabinets', async () => {
  const cleanup = new Cleanup();
  const { url } = await startUpstream(cleanup, { blob: 'mszip', writeBlobCabinet });
  return {
    source: makeSource(cleanup, { url }, { cabinets: createBlobCabinetReader }).source,
    end: async () => cleanup.run(),
  };
});

describe('WsusSource', () => {
  const cleanup = new Cleanup();
  afterEach(async () => cleanup.run());

  it('delivers the documents byte for byte with the addresses of their files', async () => {
    const catalogue = memoryCatalogue(100);
    const { source } = makeSource(cleanup, await startUpstream(cleanup, { catalogue }));
    const batch = await source.fetchDocuments(catalogue.identities, NEVER);
    expect(batch.documents).to.have.length(100);
    for (const { identity, xml } of batch.documents)
      expect(Buffer.from(xml).toString()).to.equal(catalogue.texts.get(identityKey(identity)));
    expect(batch.fileUrls[0]?.muUrl).to.contain('?a=1&b=2');
  });

  it('authorizes once for many calls in flight', async () => {
    const calls: string[] = [];
    const { source } = makeSource(cleanup, await startUpstream(cleanup, { onOperation: (name) => calls.push(name) }));
    await Promise.all(Array.from({ length: 8 }, async () => source.listRevisions(EVERYTHING, NEVER)));
    expect(calls.filter((name) => name === 'GetCookie')).to.have.length(1);
    expect(calls.filter((name) => name === 'GetRevisionIdList')).to.have.length(8);
  });

  it('asks for very many categories in parts that a server takes, and lists each revision once', async () => {
    const asked: string[] = [];
    const catalogue = memoryCatalogue(3);
    const { source } = makeSource(
      cleanup,
      await startUpstream(cleanup, { catalogue, onOperation: (name) => asked.push(name) }),
    );
    const categories = Array.from({ length: 10_001 }, (_unused, index) => ({ id: guid(index), delta: false }));
    const list = await source.listRevisions({ ...EVERYTHING, config: false, categories }, NEVER);
    expect(list.revisions).to.deep.equal(catalogue.identities);
    expect(asked.filter((name) => name === 'GetRevisionIdList')).to.have.length(3);
  });

  it('renews the cookie two minutes before it expires, never later', async () => {
    let now = 1_800_000_000_000;
    const calls: [string, OperationInfo][] = [];
    const { url } = await startUpstream(cleanup, { clock: () => now, onOperation: (...call) => calls.push(call) });
    const { source } = makeSource(cleanup, { url }, { clock: () => now });
    await source.open('', NEVER);
    now += 237 * 60_000;
    await source.open('', NEVER);
    expect(calls.filter(([name]) => name === 'GetCookie')).to.have.length(1);
    now += 2 * 60_000;
    await source.open('', NEVER);
    expect(calls.filter(([name]) => name === 'GetCookie')).to.have.length(2);
    expect(calls.filter(([, info]) => info.refused !== undefined)).to.deep.equal([]);
  });

  it('starts again from authorization when the cookie is refused', async () => {
    let serverNow = 1_800_000_000_000;
    const calls: string[] = [];
    const { url } = await startUpstream(cleanup, {
      clock: () => serverNow,
      onOperation: (name, info) => calls.push(info.refused ?? name),
    });
    const { source } = makeSource(cleanup, { url }, { clock: () => 1_800_000_000_000 });
    await source.open('', NEVER);
    serverNow += 300 * 60_000;
    await source.open('', NEVER);
    expect(calls.slice(4)).to.deep.equal([
      'InvalidCookie',
      'GetAuthConfig',
      'GetAuthorizationCookie',
      'GetCookie',
      'GetConfigData',
    ]);
  });

  it('says ServerChanged when the catalogue behind the server is another one, and works again afterwards', async () => {
    const catalogue = memoryCatalogue(3);
    const { url } = await startUpstream(cleanup, { catalogue });
    const { source } = makeSource(cleanup, { url });
    await source.open('', NEVER);
    catalogue.serverId = 'server-2';
    expect(await failure(source.open('', NEVER))).to.have.property('errorId', 'UpstreamServerChanged');
    expect(await source.open('', NEVER)).to.have.property('protocolVersion', '1.20');
  });

  it('asks again for what a short answer left out', async () => {
    const catalogue = memoryCatalogue(40, (index) => `<Update>${index}${'<x/>'.repeat(500)}</Update>`);
    const asked: number[] = [];
    const onOperation = (name: string, info: OperationInfo): void => {
      if (name === 'GetUpdateData') asked.push(info.updates);
    };
    const { url } = await startUpstream(cleanup, { catalogue, onOperation, limits: { maxAnswerBytes: 60_000 } });
    const batch = await makeSource(cleanup, { url }).source.fetchDocuments(catalogue.identities, NEVER);
    expect(batch.documents).to.have.length(40);
    expect(batch.failed).to.deep.equal([]);
    expect(asked.length).to.be.greaterThan(2);
    expect(Math.max(...asked.slice(1))).to.be.at.most(20);
  });

  it('isolates bad ids in a batch of a hundred with few calls', async () => {
    const catalogue = memoryCatalogue(98);
    const bad = [
      { updateId: guid(900), revisionNumber: 1 },
      { updateId: guid(901), revisionNumber: 1 },
    ];
    let calls = 0;
    const { url } = await startUpstream(cleanup, { catalogue, onOperation: () => calls++ });
    const wanted = [bad[0]!, ...catalogue.identities, bad[1]!];
    const batch = await makeSource(cleanup, { url }).source.fetchDocuments(wanted, NEVER);
    expect(batch.documents).to.have.length(98);
    expect(batch.failed.map((entry) => [entry.identity, entry.errorId])).to.deep.equal(
      bad.map((identity) => [identity, 'UpstreamFault']),
    );
    expect(calls).to.be.lessThan(40);
  });

  it('fails a blob that is no cabinet and delivers the others', async () => {
    const catalogue = memoryCatalogue(3);
    let packed = 0;
    const damaging = (xml: Uint8Array): Uint8Array =>
      Buffer.concat([Buffer.from(packed++ === 1 ? 'XXXX' : 'MSCF'), xml]);
    const { url } = await startUpstream(cleanup, { catalogue, blob: 'mszip', writeBlobCabinet: damaging });
    const batch = await makeSource(cleanup, { url }).source.fetchDocuments(catalogue.identities, NEVER);
    expect(batch.documents).to.have.length(2);
    expect(batch.failed).to.have.length(1);
    expect(batch.failed[0]).to.include({ errorId: 'CabinetCorrupt' });
    expect(batch.failed[0]?.identity).to.deep.equal(catalogue.identities[1]);
  });

  it('refuses an answer larger than the limit', async () => {
    const catalogue = memoryCatalogue(1);
    const { url } = await startUpstream(cleanup, { catalogue });
    const { source } = makeSource(cleanup, { url }, { maxResponseBytes: 3000 });
    const batch = await source.fetchDocuments(catalogue.identities, NEVER);
    expect(batch.failed[0]).to.include({ errorId: 'UpstreamMalformed' });
    expect(batch.failed[0]?.reason).to.contain('larger than 3000 bytes').and.contain(url);
  });

  it('takes of the related revisions the highest of each id it asked for', async () => {
    const named = [
      [1, 3],
      [2, 9],
      [1, 5],
      [7, 1],
      [1, 4],
    ].map(([number = 0, revisionNumber = 0]) => ({ updateId: guid(number), revisionNumber }));
    const catalogue = { ...memoryCatalogue(1), currentRevisions: async () => Promise.resolve(named) };
    const { url } = await startUpstream(cleanup, { catalogue });
    expect(
      await makeSource(cleanup, { url }).source.relatedRevisions([guid(2), guid(1), guid(3)], NEVER),
    ).to.deep.equal([named[1], named[2]]);
  });

  it('shows Microsoft Update by its name and others by their host', () => {
    expect(makeSource(cleanup, {}).source.name).to.equal('Microsoft Update');
    expect(makeSource(cleanup, { url: 'http://wsus.contoso.com:8530' }).source.name).to.equal('wsus.contoso.com');
  });

  for (const url of [
    'wsus',
    'ftp://wsus',
    'http://',
    'http://u:secret@wsus',
    'http://wsus/ServerSyncWebService/ServerSyncWebService.asmx',
    'http://wsus/?a=b',
  ]) {
    it(`refuses the address ${url}`, () => {
      expect(() => makeSource(cleanup, { url }))
        .to.throw()
        .that.includes({ errorId: 'UpstreamUrlInvalid' });
      expect(() => makeSource(cleanup, { url }))
        .to.throw()
        .with.property('message')
        .that.does.not.contain('secret');
    });
  }

  it('refuses a CA bundle without certificates', () => {
    expect(() => makeSource(cleanup, { caBundle: 'no certificate' }))
      .to.throw()
      .that.includes({ errorId: 'CABundleInvalid' });
  });
});
