import { expect } from 'chai';
import { isForeignForm, standingOf } from '../../server/page/pageAccess.js';

describe('who may read the status page', () => {
  const local = { peer: '127.0.0.1', isEncrypted: false, headers: { host: 'localhost:8530' } };

  it('whoever is on this machine, by a name that only this machine has', () => {
    for (const host of ['localhost', 'LOCALHOST:1', '127.0.0.1:8530', '127.8.9.10', '[::1]:8530'])
      for (const peer of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
        expect(standingOf({ ...local, peer, headers: { host } }), `${peer} ${host}`).to.equal('Local');
  });

  it('from elsewhere, whoever signs in inside TLS', () => {
    for (const peer of ['10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '', '127.0.0.1.example']) {
      expect(standingOf({ ...local, peer }), peer).to.equal('NotLocal');
      expect(standingOf({ ...local, peer, isEncrypted: true }), peer).to.equal('Stranger');
    }
  });

  it('by a name that a stranger may have given to this machine only who signs in', () => {
    for (const host of [
      'attacker.example',
      'localhost.attacker.example',
      '127.0.0.1.attacker.example:80',
      '',
      '10.0.0.1',
    ]) {
      expect(standingOf({ ...local, headers: { host } }), host).to.equal('OtherHost');
      expect(standingOf({ ...local, headers: { host }, isEncrypted: true }), host).to.equal('Stranger');
    }
  });

  it('no page of a stranger, but whoever follows a link of one', () => {
    const from = (site: string, dest: string): string =>
      standingOf({
        ...local,
        headers: { ...local.headers, 'sec-fetch-site': site, 'sec-fetch-dest': dest },
      });
    for (const dest of ['image', 'script', 'iframe', 'empty']) expect(from('cross-site', dest)).to.equal('OtherSite');
    expect(from('cross-site', 'document')).to.equal('Local');
    for (const site of ['same-origin', 'same-site', 'none']) expect(from(site, 'image')).to.equal('Local');
  });

  it('for whom a proxy asks, only who signs in', () => {
    for (const name of [
      ...['forwarded', 'x-forwarded', 'x-forwarded-for', 'x-forwarded-server', 'x-real-ip', 'via', 'x-arr-log-id'],
      ...['client-ip', 'true-client-ip', 'x-cluster-client-ip', 'fastly-client-ip', 'wl-proxy-client-ip'],
      ...['x-azure-clientip', 'x-ms-proxy', 'x-ms-forwarded-client-ip', 'x-envoy-external-address', 'x-remote-addr'],
      ...['cf-connecting-ip', 'cf-connecting-ipv6', 'cdn-loop', 'front-end-https', 'x-proxyuser-ip', 'x-scheme'],
    ]) {
      const visit = { ...local, headers: { ...local.headers, [name]: 'x' } };
      expect(standingOf(visit), name).to.equal('Forwarded');
      expect(standingOf({ ...visit, isEncrypted: true }), name).to.equal('Stranger');
    }
  });

  it('whoever has a browser of this machine, whatever else it says', () => {
    for (const name of ['accept', 'user-agent', 'dnt', 'x-requested-with', 'proxy-connection', 'sec-ch-ua', 'te'])
      expect(standingOf({ ...local, headers: { ...local.headers, [name]: 'x' } }), name).to.equal('Local');
  });

  it('takes no form that another site sends', () => {
    const host = 'cm01.contoso.com:8531';
    for (const headers of [
      {},
      { origin: 'null' },
      { origin: `https://${host}` },
      { 'sec-fetch-site': 'same-origin', origin: 'null' },
    ])
      expect(isForeignForm({ host, ...headers }), JSON.stringify(headers)).to.equal(false);
    for (const headers of [
      { origin: 'https://attacker.example' },
      { 'sec-fetch-site': 'cross-site', origin: 'null' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'no address' },
    ])
      expect(isForeignForm({ host, ...headers }), JSON.stringify(headers)).to.equal(true);
  });
});
