import { expect } from 'chai';
import type { NewStatusToken, StatusToken } from '../../server/contract/generated/types.js';
import { readState, STATE, stateChange } from '../../server/state/siteState.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { rejectionOf } from '../fixtures/rejection.js';

const DAY = 86_400_000;

describe('The tokens of the status page', () => {
  const site = testSite();
  const make = async (name: string, more: { requestId?: string; expirationDays?: number } = {}) =>
    site().service['statusToken/new']({ requestId: newRequestId(), name, ...more }, site().request());
  const list = async (): Promise<StatusToken[]> =>
    (await site().service['statusToken/list']({}, site().request())).tokens;
  const remove = async (name: string, whatIf = false): Promise<StatusToken> =>
    site().service['statusToken/remove']({ requestId: newRequestId(), name, whatIf }, site().request());
  const stored = async (): Promise<string> => JSON.stringify(await readState(site().database, STATE.statusTokens));

  it('are shown once and kept as a hash, with a name and an end', async () => {
    const made: NewStatusToken = await make('Desk', { expirationDays: 3 });
    expect(made.Token).to.match(/^[\w-]{43}$/);
    expect(made.Address).to.equal('');
    expect(made.Warnings[0]).to.match(/^No port is open/);
    expect(await stored())
      .to.include('Desk')
      .and.not.include(made.Token);
    const [token] = await list();
    expect(token).to.include({ Name: 'Desk', SiteCode: 'CS1', IsExpired: false });
    expect(Date.parse(token?.ExpirationTime ?? '') - Date.parse(token?.CreationTime ?? '')).to.be.closeTo(
      3 * DAY,
      1000,
    );
  });

  it('say where the page is once a port is open, and that nobody else reaches one on loopback', async () => {
    const port = await (await site().links.host()).serve({ port: 0 });
    const made = await make('Desk');
    await port.close();
    expect(made.Address).to.equal(`https://127.0.0.1:${port.address.port}/`);
    expect(made.Warnings[0]).to.match(/^The port listens on this machine only/);
  });

  it('have names of their own; one that has expired gives its name away', async () => {
    await make('Desk', { expirationDays: 1 });
    await make('A');
    expect(await rejectionOf(make('DESK'))).to.equal('StatusTokenExists');
    site().clock += DAY;
    expect((await list()).map(({ Name, IsExpired }) => [Name, IsExpired])).to.deep.equal([
      ['A', false],
      ['Desk', true],
    ]);
    await make('DESK');
    expect((await list()).map(({ Name }) => Name)).to.deep.equal(['A', 'DESK']);
  });

  it('are replaced by the same request sent again, whose first answer nobody has got', async () => {
    const requestId = newRequestId();
    const [first, second] = [await make('Desk', { requestId }), await make('Desk', { requestId })];
    expect(second.Token).not.to.equal(first.Token);
    expect(await list()).to.have.length(1);
  });

  it('are removed by name; one that is not there is named with those that are', async () => {
    await make('Desk');
    expect((await remove('desk', true)).Name).to.equal('Desk');
    expect(await list()).to.have.length(1);
    await remove('desk');
    expect(await list()).to.deep.equal([]);
    await make('Other');
    expect(await rejectionOf(remove('Desk'))).to.equal('StatusTokenNotFound');
  });

  it('are 200 at most', async () => {
    const token = { id: '', hash: '', created: new Date(0).toISOString(), expires: '2099-01-01T00:00:00.000Z' };
    const statusTokens = Array.from({ length: 199 }, (_none, count) => ({ ...token, name: `T${count}` }));
    await site().database.commit({ settings: stateChange({ statusTokens }) });
    await make('T199');
    expect(await rejectionOf(make('T200'))).to.equal('StatusTokenLimit');
  });
});
