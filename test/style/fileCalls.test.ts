import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';

/** File operations outside of `server/platform/files`, and why they may be. None is in a folder others can write. */
const OUTSIDE: Readonly<Record<string, string>> = {
  'server/cli/componentSettings.ts': 'reads a certificate that the caller names, with the rights of the caller',
  'server/cli/demo.ts': 'a folder of its own for temporary files',
  'server/cli/readDatabaseAddress.ts': 'a file that the caller names, with the rights of the caller',
  'server/contract/validator.ts': 'reads the schemas of the program',
  'server/platform/runHook.ts': 'looks at the program that is to run after a synchronization',
  'server/platform/packageFolder.ts': 'reads the version of the program',
  'server/platform/processState.ts': 'reads /proc/PID/stat',
  'server/store/postgres/connectPostgres.ts': 'reads the certificates that the address of the database names',
  'server/rpc/enginePlace.ts': 'the whole number of a folder, which the file operations cut',
  'server/platform/programTrust.ts': 'looks at Node.js and the program of a service',
};

/** Who uses paths as they are, and for what: never for what lies in a site folder. */
const PLAIN: Readonly<Record<string, string>> = {
  'server/repair/backUpSite.ts': 'the folder of the backup that the caller names',
  'server/repair/restoreSite.ts': 'the backup that the caller names, and whether a site is there',
  'server/cli/writeNewFile.ts': 'the file that the caller names, with the rights of the caller',
  'server/api/content.ts': 'reads the folder of files that the caller names',
  'server/platform/accounts/ensurePrivateFolder.ts': 'makes and checks the folder of the sockets',
  'server/platform/machineIdentity.ts': 'reads below /proc which start and container this is',
  'server/platform/service/serviceManager.ts': 'writes units below /etc, where only root can',
  'server/platform/trustedEnvironment.ts': 'looks whose the folders are that variables name',
  'server/rpc/EngineLock.ts': 'sockets in a folder that ensurePrivateFolder has checked',
  'server/relay/RelayBackend.ts': 'removes the empty folder of a site that could not be made',
  'server/rpc/acquireEngineLock.ts': 'sockets in a folder that ensurePrivateFolder has checked',
  'server/relay/databaseKeyFile.ts': 'the file that the caller names, with the rights of the caller',
  'server/relay/forwardPackage.ts': 'the package that the caller names, with the rights of the caller',
  'server/rpc/enginePlace.ts': 'looks for the folder of the sockets',
  'server/relay/spawnEngine.ts': 'looks whether the program is there',
  'server/site/grantAccess.ts': 'reads /etc/group',
  'server/site/siteRoot.ts': 'the names below the root of the sites',
  'server/site/openSite.ts': 'the real path of a site folder; whose a folder is that shuts this account out',
  'server/transfer/openPackage.ts': 'a package that the caller names',
};

const MODULE = 'server/platform/files/';

function sources(): readonly { readonly file: string; readonly text: string }[] {
  const root = packageFolder();
  return readdirSync(join(root, 'server'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ file: path.slice(root.length + 1).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
    .filter(({ file }) => !file.startsWith(MODULE));
}

describe('style: file operations', () => {
  it('go through one module, but for those that are listed', () => {
    const calls = /^import (?!type )(?!\{ (?:constants(?:, )?)?(?:type \w+)? \}).*from '(?:node:)?fs(?:\/promises)?'/m;
    const found = sources().filter(({ text }) => calls.test(text));
    expect(found.map(({ file }) => file).sort()).to.deep.equal(Object.keys(OUTSIDE).sort());
  });

  it('use paths as they are only where it is listed why', () => {
    const found = sources().filter(({ text }) => /\b(?:plainFiles|realFiles)\b/.test(text));
    const files = found.map(({ file }) => file).filter((file) => file !== 'server/store/StorePlace.ts');
    expect(files.sort()).to.deep.equal(Object.keys(PLAIN).sort());
  });
});
