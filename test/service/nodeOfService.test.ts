import { expect } from 'chai';
import type { ProgramCall, ProgramEnd } from '../../server/platform/runProgram.js';
import { nodeOfService, refuseOldNode } from '../../server/service/nodeOfService.js';
import type { SiteFolder } from '../../server/site/SiteFolder.js';

const PROGRAM = '/opt/node/bin/node';
const NEW = { node: '24.15.0', sqlite: '3.51.3' };

describe('The Node.js of a service', () => {
  const site = (database?: string): SiteFolder => ({ siteCode: 'PR1', database }) as unknown as SiteFolder;
  const saying = (end: Partial<ProgramEnd>, asked: ProgramCall[] = []) => ({
    program: PROGRAM,
    run: async (call: ProgramCall): Promise<ProgramEnd> => {
      asked.push(call);
      return Promise.resolve({ code: 0, stdout: '', stderr: '', ...end });
    },
  });

  it('is this one, or asked for its versions', async () => {
    const asked: ProgramCall[] = [];
    expect(await nodeOfService({ ...saying({}, asked), program: process.execPath })).to.equal(process.versions);
    expect(asked).to.deep.equal([]);
    expect(await nodeOfService(saying({ stdout: `${JSON.stringify(NEW)}\n` }, asked))).to.deep.equal(NEW);
    expect(asked.map(({ command, args }) => [command, ...args])).to.deep.equal([
      [PROGRAM, '--print', 'JSON.stringify(process.versions)'],
    ]);
    expect(await nodeOfService(saying({ code: 127 }))).to.deep.equal({});
    expect(await nodeOfService(saying({ stdout: 'no JSON' }))).to.deep.equal({});
  });

  it('is refused where it lacks the SQLite of the site, and nowhere else', () => {
    for (const [versions, found] of [
      [{ node: '20.19.0' }, 'is Node.js 20.19.0 with SQLite none'],
      [{ ...NEW, sqlite: '3.51.2' }, 'is Node.js 24.15.0 with SQLite 3.51.2'],
      [{}, 'does not say what it is'],
    ] as const) {
      expect(() => refuseOldNode(site('sqlite'), PROGRAM, versions))
        .to.throw(`Found: ${PROGRAM}, which the service would run, ${found}.`)
        .with.property('errorId', 'DatabaseEngineMissing');
      for (const database of [undefined, 'postgres']) refuseOldNode(site(database), PROGRAM, versions);
    }
    refuseOldNode(site('sqlite'), PROGRAM, NEW);
  });
});
