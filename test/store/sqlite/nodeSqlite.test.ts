import { expect } from 'chai';
import { loadNodeSqlite } from '../../../server/store/sqlite/nodeSqlite.js';
import { networkOf, refuseNetworkShare } from '../../../server/store/sqlite/refuseNetworkShare.js';
import { realFiles } from '../../../server/store/StorePlace.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const getBuiltinModule = (): object => ({ DatabaseSync: Object });

describe('SQLite of Node.js', () => {
  it('is taken from the versions on that can be trusted with a site', () => {
    for (const [node, sqlite] of [
      ['24.15.0', '3.51.3'],
      ['26.0.0', '3.60.0'],
    ] as const)
      expect(loadNodeSqlite('PR1', { versions: { node, sqlite }, getBuiltinModule })).to.have.property('DatabaseSync');
    for (const [node, sqlite] of [
      ['20.20.2', undefined],
      ['24.14.9', '3.60.0'],
      ['24.15.0', '3.51.2'],
    ] as const)
      expect(() => loadNodeSqlite('PR1', { versions: { node, sqlite }, getBuiltinModule }))
        .to.throw(`Found: Node.js ${node}`)
        .with.property('errorId', 'DatabaseEngineMissing');
    expect(() => loadNodeSqlite('PR1', { versions: { node: '26.0.0', sqlite: '3.60.0' } })).to.throw('needs Node.js');
  });

  const folder = temporaryFolder();

  it('is not used on a network share', () => {
    expect(networkOf('/srv/site', 0x6969, 'linux')).to.equal('NFS');
    expect(networkOf('/srv/site', -0xacb2be, 'linux')).to.equal('CIFS');
    expect(networkOf('/srv/site', 0xef53, 'linux')).to.equal(undefined);
    for (const share of ['\\\\server\\share\\site', '\\\\?\\UNC\\server\\share'])
      expect(networkOf(share, 0, 'win32')).to.equal('a share of Windows');
    for (const disk of ['C:\\site', '\\\\?\\C:\\site', '\\\\.\\C:\\site'])
      expect(networkOf(disk, 0, 'win32')).to.equal(undefined);
    refuseNetworkShare(realFiles, folder());
    const files = { ...realFiles, statfsSync: () => ({ bavail: 1, blocks: 1, bsize: 1, type: 0x6969 }) };
    expect(() => refuseNetworkShare(files, folder(), 'linux'))
      .to.throw('NFS')
      .with.property('errorId', 'DatabaseOnNetworkShare');
  });
});
