import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import { readXml, type XmlElement } from '../../server/xml/tree.js';
import { type OracleElement, oracleTree } from '../metadata/oracle.js';
import { requestSamples } from '../wire/requestSamples.js';

const asTold = ({ local, uri, text, children }: OracleElement): XmlElement => ({
  name: local,
  namespace: uri,
  text,
  children: children.map(asTold),
});

const WRITTEN =
  '<a xmlns="urn:1" xmlns:p="urn:2&amp;3">x<p:b> &#x41;&lt;<!-- no --></p:b>y<![CDATA[<&]]>\r\n<c xmlns=""/>z</a>';
const MESSAGES: Readonly<Record<string, string>> = {
  'texts between children, references, sections, line ends and namespaces': WRITTEN,
  ...Object.fromEntries(
    Object.entries(requestSamples({ expiration: '2026-01-01T00:00:00Z', encryptedData: 'AAAA' })).map(
      ([name, { bytes }]) => [name, bytes.toString()],
    ),
  ),
};

describe('xml: a small message', () => {
  for (const [name, message] of Object.entries(MESSAGES))
    it(`${name} is read as fast-xml-parser reads it`, () => {
      expect(readXml(Buffer.from(message), 'x')).to.deep.equal(asTold(oracleTree(message)));
    });

  it('keeps the text that stands around children', () => {
    const { text, children } = readXml(Buffer.from(WRITTEN), 'x');
    expect(text).to.equal('xy<&\nz');
    expect(children).to.deep.equal([
      { name: 'b', namespace: 'urn:2&3', text: ' A<', children: [] },
      { name: 'c', namespace: '', text: '', children: [] },
    ]);
  });

  const reasonOf = (text: string): unknown => {
    try {
      readXml(Buffer.from(text), 'x');
    } catch (caught) {
      return caught instanceof SyncError && caught.errorId === 'UpstreamMalformed' ? caught.data['reason'] : caught;
    }
    return undefined;
  };

  it('is refused where it is no XML, is nested too deep or too large', () => {
    expect(reasonOf('<a><p:b/></a>')).to.match(/^the prefix p is not declared \(at byte \d+\)$/);
    expect(reasonOf('<a>&nbsp;</a>')).to.match(/unknown entity/);
    expect(reasonOf('<a/><b/>')).to.match(/second root/);
    expect(reasonOf('')).to.match(/no root element/);
    expect(reasonOf('<!DOCTYPE a><a/>')).to.match(/DOCTYPE/);
    expect(reasonOf('<a>'.repeat(64) + '</a>'.repeat(64))).to.equal(undefined);
    expect(reasonOf('<a>'.repeat(65) + '</a>'.repeat(65))).to.equal('its elements are nested too deep');
    expect(reasonOf(`<a>${' '.repeat(4 * 1024 * 1024)}</a>`)).to.match(/more than the limit/);
  });
});
