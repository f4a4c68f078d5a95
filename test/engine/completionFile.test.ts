import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { completionNames, type CompletionNames } from '../../server/engine/CompletionFile.js';
import { openEngine } from '../../server/engine/openEngine.js';
import { atOnce } from '../../server/platform/inTurns.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import { createSite } from '../../server/site/createSite.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { newRequestId } from './TestSite.js';
import { QUIET_REQUEST } from '../fixtures/quietRequest.js';

describe('completion.json', () => {
  const folder = temporaryFolder();

  it('has each name once, categories by the alphabet, KB numbers as they came', () => {
    const categories = [
      'Product:b',
      'Product:a',
      'Product:b',
      'Product:',
      'UpdateClassification:c',
      'UpdateClassification:x',
      'Company:d',
      'ProductFamily:e',
    ]
      .map((text) => text.split(':'))
      .map(([typeName = '', title = '']) => ({
        typeName,
        title,
        updateId: `id-${title}`,
        allowSubscription: title !== 'x',
      }));
    expect(
      atOnce(
        completionNames({
          siteCode: 'ABC',
          categories,
          articleIds: ['5', '', '4', '5'],
          servers: ['s'],
          languages: ['English'],
          sitesBelow: [{ SiteCode: 'S01', ServerName: 's01.contoso.com' }],
          selected: new Set(['id-b', 'id-x', 'id-gone']),
          runs: [{ Id: 2, State: 'Running', StartTime: '2026-11-30T03:20:54.000Z' }],
        }),
      ),
    ).to.deep.equal({
      SiteCode: 'ABC',
      Product: ['a', 'b'],
      ProductFamily: ['e'],
      Company: ['d'],
      UpdateClassification: ['c'],
      Language: ['English'],
      SoftwareUpdatePoint: ['s'],
      ArticleId: ['5', '4'],
      SitesBelow: [{ SiteCode: 'S01', ServerName: 's01.contoso.com' }],
      Subscribed: ['Product:b', 'UpdateClassification:x'],
      Run: [{ Id: 2, State: 'Running', StartTime: '2026-11-30T03:20:54.000Z' }],
    });
  });

  it('is written when a site opens for the first time, and when a name came or went', async () => {
    const site = await createSite(
      { requestId: newRequestId(), siteCode: 'ABC', path: path.join(folder(), 'ABC') },
      realSiteEnvironment(),
    );
    const names = (): CompletionNames =>
      JSON.parse(readFileSync(path.join(site.path, 'completion.json'), 'utf8')) as CompletionNames;
    const open = async (generation: number): ReturnType<typeof openEngine> =>
      openEngine({ site, generation, onIdle: () => undefined, stop: () => undefined, ticker: () => () => undefined });
    await (await open(1)).close();
    expect(names().SoftwareUpdatePoint).to.deep.equal([site.serverName]);
    expect(names().Language).to.include('English');
    const engine = await open(2);
    await engine.service['sup/add']({ requestId: newRequestId(), serverName: 'sup2.contoso.com' }, QUIET_REQUEST);
    await engine.close();
    expect(names().SoftwareUpdatePoint).to.deep.equal([site.serverName, 'sup2.contoso.com']);
  });
});
