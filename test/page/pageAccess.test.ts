import { expect } from 'chai';
import { reasonAgainst } from '../../server/page/pageAccess.js';

describe('who may read the status page', () => {
  const local = { peer: '127.0.0.1', headers: { host: 'localhost:8530' } };

  it('whoever is on this machine, by a name that only this machine has', () => {
    for (const host of ['localhost', 'LOCALHOST:1', '127.0.0.1:8530', '127.8.9.10', '[::1]:8530'])
      for (const peer of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
        expect(reasonAgainst({ peer, headers: { host } }), `${peer} ${host}`).to.equal(undefined);
  });

  it('nobody from elsewhere', () => {
    for (const peer of ['10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '', '127.0.0.1.example'])
      expect(reasonAgainst({ ...local, peer }), peer).to.equal('NotLocal');
  });

  it('nobody by a name that a stranger may have given to this machine', () => {
    for (const host of [
      'attacker.example',
      'localhost.attacker.example',
      '127.0.0.1.attacker.example:80',
      '',
      '10.0.0.1',
    ])
      expect(reasonAgainst({ ...local, headers: { host } }), host).to.equal('OtherHost');
  });

  it('no page of a stranger, but whoever follows a link of one', () => {
    const from = (site: string, dest: string): string | undefined =>
      reasonAgainst({
        ...local,
        headers: { ...local.headers, 'sec-fetch-site': site, 'sec-fetch-dest': dest },
      });
    for (const dest of ['image', 'script', 'iframe', 'empty']) expect(from('cross-site', dest)).to.equal('OtherSite');
    expect(from('cross-site', 'document')).to.equal(undefined);
    for (const site of ['same-origin', 'same-site', 'none']) expect(from(site, 'image')).to.equal(undefined);
  });

  it('nobody for whom a proxy asks', () => {
    for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-server', 'x-real-ip', 'via', 'x-arr-log-id'])
      expect(reasonAgainst({ ...local, headers: { ...local.headers, [name]: 'x' } }), name).to.equal('Forwarded');
  });
});
