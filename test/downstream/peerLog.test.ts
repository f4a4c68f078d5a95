import { expect } from 'chai';
import { peerLog, type PeerLog } from '../../server/downstream/port/peers.js';
import { addressKey } from '../../server/platform/addressKey.js';

describe('the log of what comes from outside', () => {
  let lines: string[];
  let time: number;
  let log: PeerLog;
  beforeEach(() => {
    [lines, time] = [[], 0];
    log = peerLog(
      (line) => lines.push(line),
      { most: 20, perPeer: 5 },
      () => time,
    );
  });
  const about = (word: string): number => lines.filter((line) => line.includes(word)).length;

  it('one peer has its share, and what it said beyond is counted', () => {
    for (let index = 0; index < 1000; index += 1) log('10.0.0.1', 'noise');
    log('10.0.0.2', 'a word');
    time = 60_000;
    log('10.0.0.3', 'later');
    expect(lines).to.deep.equal([
      ...new Array<string>(5).fill('noise'),
      'a word',
      '995 more lines of that minute were left out, most of them about 10.0.0.1',
      'later',
    ]);
  });

  it('the noise of many does not crowd out the first line of others', () => {
    for (let index = 0; index < 1000; index += 1)
      for (const peer of ['a', 'b', 'c', 'd']) log(`10.0.0.${peer}`, 'noise');
    for (let index = 1; index <= 8; index += 1) log(`10.0.1.${index}`, 'a word');
    expect([about('noise'), about('a word')]).to.deep.equal([10, 8]);
  });

  it('the whole is limited however many peers there are', () => {
    for (let index = 0; index < 1000; index += 1) log(`10.0.${index}`, 'noise');
    expect(lines).to.have.length(20);
  });

  it('no line breaks, no control characters, and an end', () => {
    log('10.0.0.1', `a\r\nb\u0000\u009b31m${'c'.repeat(9000)}`);
    expect(lines[0]?.slice(0, 12)).to.equal('a b??31mcccc');
    expect(lines[0]).to.have.length(500);
  });
});

describe('who a peer is', () => {
  it('an IPv4 address, also inside IPv6, and the network of an IPv6 address', () => {
    for (const [address, key] of Object.entries({
      '10.1.2.3': '10.1.2.3',
      '::ffff:10.1.2.3': '10.1.2.3',
      '::1': '::1',
      '2001:db8:1:2:3:4:5:6': '2001:db8:1:2::/64',
      '2001:0db8:0001:0002::9': '2001:db8:1:2::/64',
      '2001:db8::9': '2001:db8:0:0::/64',
      'fe80::1%eth0': 'fe80:0:0:0::/64',
    }))
      expect(addressKey(address), address).to.equal(key);
    expect(addressKey(undefined)).to.equal('an unknown address');
  });
});
