import { expect } from 'chai';
import { timeZoneText } from '../../server/site/timeZoneText.js';

/** Offsets of a zone that goes to and from daylight saving time at two moments. */
const zone =
  (standard: number, [from, to]: readonly [string, string]) =>
  (time: number): number =>
    time >= Date.parse(from) && time < Date.parse(to) ? standard - 60 : standard;

describe('site: the time zone as SMS_Site has it', () => {
  it('has bias, both changes and the hour that is saved, as an American zone shows in the product', () => {
    const eastern = zone(300, ['2026-03-08T07:00:00Z', '2026-11-01T06:00:00Z']);
    expect(timeZoneText(2026, eastern)).to.equal(
      '0000012C 0000 000B 0000 0001 0002 0000 0000 0000 00000000 0000 0003 0000 0002 0002 0000 0000 0000 FFFFFFC4',
    );
  });

  it('names the last Sunday of a month by 5', () => {
    const berlin = zone(-60, ['2026-03-29T01:00:00Z', '2026-10-25T01:00:00Z']);
    expect(timeZoneText(2026, berlin)).to.equal(
      'FFFFFFC4 0000 000A 0000 0005 0003 0000 0000 0000 00000000 0000 0003 0000 0005 0002 0000 0000 0000 FFFFFFC4',
    );
  });

  it('holds in the south, where the year begins with daylight saving time', () => {
    const sydney = (time: number): number =>
      time >= Date.parse('2026-04-04T16:00:00Z') && time < Date.parse('2026-10-03T16:00:00Z') ? -600 : -660;
    expect(timeZoneText(2026, sydney)).to.match(
      /^FFFFFDA8 0000 0004 0000 0001 0003 .* 0000 000A 0000 0001 0002 .* FFFFFFC4$/,
    );
  });

  it('has no changes where the clock stays, also after a year with a single one', () => {
    const never = Array.from({ length: 8 }, () => '0000').join(' ');
    expect(timeZoneText(2026, () => 0)).to.equal(`00000000 ${never} 00000000 ${never} 00000000`);
    expect(timeZoneText(2026, zone(0, ['2026-05-01T00:00:00Z', '2027-05-01T00:00:00Z']))).to.match(/ 00000000$/);
  });
});
