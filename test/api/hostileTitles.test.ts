import { expect } from 'chai';
import { UPDATE_COLUMNS } from '../../server/cli/table.js';
import { tableLines } from '../../server/cli/tableLines.js';
import { logLine } from '../../server/status/WsyncmgrLog.js';
import { testSite } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';

/** CSI of C1, which XML allows, a mark that turns the order round and a line separator. */
const TITLE = 'Fix\u009b31m for\u202e Windows\u2028now';
const SHOWN = 'Fix?31m for Windows?now';

describe('A title with controls and marks that turn text round', () => {
  const site = testSite();

  it('is harmless in objects, which CSV files are made of, in tables and in the log', async () => {
    site().source.put(update(1, { title: TITLE }));
    await site().sync();
    const [found] = await site().updates();
    expect(found?.LocalizedDisplayName).to.equal(SHOWN);
    expect(tableLines([found!], UPDATE_COLUMNS).join('\n')).to.contain(SHOWN);
    // A table does it by itself too: rows of an older engine come as they are.
    const rows = [{ ...found!, LocalizedDisplayName: TITLE }];
    expect(tableLines(rows, UPDATE_COLUMNS).join('\n')).not.to.match(/[\u0080-\u009f\u202e\u2028]/);
    const line = logLine({ text: TITLE, component: 'C', time: new Date(0), thread: 1 }, 0);
    expect(line).to.match(/^Fix\?31m for Windows\?now~ {2}\$\$/);
  });
});
