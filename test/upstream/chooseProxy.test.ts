import { expect } from 'chai';
import { chooseProxy, matchesNoProxy } from '../../server/upstream/proxy.js';
import { plugInUrl } from '../../server/upstream/SoapCaller.js';

describe('chooseProxy', () => {
  const url = new URL('https://wsus.contoso.com:8531/');

  it('takes the settings before the environment', () => {
    expect(chooseProxy(url, { proxy: { url: 'http://a:1' } }, { HTTPS_PROXY: 'http://b:2' })).to.deep.equal({
      url: 'http://a:1',
    });
  });

  it('takes the variable of the protocol in either case, credentials decoded', () => {
    expect(chooseProxy(url, {}, { https_proxy: 'http://u%40d:p%3A@b:2/', HTTP_PROXY: 'http://c:3' })).to.deep.equal({
      url: 'http://b:2',
      userName: 'u@d',
      password: 'p:',
    });
    expect(chooseProxy(new URL('http://wsus:8530'), {}, { HTTP_PROXY: 'c:3' })).to.deep.equal({ url: 'http://c:3' });
    expect(chooseProxy(url, {}, { HTTP_PROXY: 'http://c:3' })).to.equal(undefined);
  });

  it('never sends loopback to a proxy of the environment, but to one of the settings', () => {
    const local = new URL('http://127.0.0.1:8530');
    expect(chooseProxy(local, {}, { HTTP_PROXY: 'http://c:3' })).to.equal(undefined);
    expect(chooseProxy(local, { proxy: { url: 'http://c:3' } }, {})).to.not.equal(undefined);
  });

  it('honours NO_PROXY', () => {
    for (const list of [
      '*',
      'contoso.com',
      '.contoso.com',
      '*.contoso.com',
      'x, WSUS.contoso.com',
      'contoso.com:8531',
      'a b contoso.com',
    ]) {
      expect(chooseProxy(url, {}, { HTTPS_PROXY: 'http://b:2', NO_PROXY: list }), list).to.equal(undefined);
    }
    for (const list of ['', 'oso.com', 'contoso.com:443', 'com.contoso', 'sus.contoso.com']) {
      expect(chooseProxy(url, {}, { HTTPS_PROXY: 'http://b:2', no_proxy: list }), list).to.not.equal(undefined);
    }
  });

  it('knows addresses of IPv6', () => {
    expect(matchesNoProxy(new URL('http://[fe80::1]:8530'), ['[fe80::1]:8530'])).to.equal(true);
    expect(matchesNoProxy(new URL('http://[fe80::1]:8530'), ['fe80::1'])).to.equal(true);
    expect(matchesNoProxy(new URL('http://[fe80::1]:8530'), ['[fe80::1]:80'])).to.equal(false);
  });
});

describe('plugInUrl', () => {
  const base = new URL('https://wsus:8531/path/');

  it('appends a relative ServiceUrl to the base', () => {
    expect(plugInUrl(base, '/DssAuthWebService/DssAuthWebService.asmx').href).to.equal(
      'https://wsus:8531/path/DssAuthWebService/DssAuthWebService.asmx',
    );
  });

  it('takes an absolute one only on the same host and not less protected', () => {
    expect(plugInUrl(base, 'https://WSUS:444/x.asmx').href).to.equal('https://wsus:444/x.asmx');
    expect(() => plugInUrl(base, 'http://wsus/x.asmx'))
      .to.throw()
      .that.includes({ errorId: 'UpstreamMalformed' });
    expect(() => plugInUrl(base, 'https://evil/x.asmx'))
      .to.throw()
      .that.includes({ errorId: 'UpstreamMalformed' });
  });
});
