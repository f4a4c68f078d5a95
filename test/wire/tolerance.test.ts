import { expect } from 'chai';
import { atOnce } from '../../server/platform/inTurns.js';
import { parseGetConfigDataResponse } from '../../server/wire/getConfigData.js';
import { parseGetCookieRequest } from '../../server/wire/getCookie.js';
import { parseGetRevisionIdListResponse } from '../../server/wire/getRevisionIdList.js';
import type { RevisionList } from '../../server/wire/getRevisionIdList.js';
import { parseGetUpdateDataResponse } from '../../server/wire/getUpdateData.js';
import type { UpdateDataAnswer } from '../../server/wire/getUpdateData.js';
import { guid } from '../upstream/memoryCatalogue.js';

const listOf = (bytes: Uint8Array): RevisionList => atOnce(parseGetRevisionIdListResponse(bytes));
const dataOf = (bytes: Uint8Array): UpdateDataAnswer => atOnce(parseGetUpdateDataResponse(bytes));

const SD = 'http://www.microsoft.com/SoftwareDistribution';
const SOAP12 = 'http://www.w3.org/2003/05/soap-envelope';
const SOAP11 = 'http://schemas.xmlsoap.org/soap/envelope/';

function bytes(text: string): Buffer {
  return Buffer.from(text);
}

describe('reading what other servers write', () => {
  it('any prefix, any order, white space, comments, CDATA and attributes in small messages', () => {
    const config = parseGetConfigDataResponse(
      bytes(
        `\ufeff<?xml version="1.0"?>
      <env:Envelope xmlns:env="${SOAP12}" xmlns:w="${SD}"><env:Header><x xmlns="urn:x"/></env:Header><env:Body>
      <w:GetConfigDataResponse w:a="1"><w:GetConfigDataResult><!-- first the limit, as Microsoft Update does -->
      <w:MaxNumberOfUpdatesPerRequest> 100 </w:MaxNumberOfUpdatesPerRequest><w:LazySync>1</w:LazySync>
      <w:LanguageUpdateList><w:ServerSyncLanguageData><w:LongLanguage><![CDATA[A & B <c>]]> &amp; ` +
          `&#x44;</w:LongLanguage><w:LanguageID>1033</w:LanguageID></w:ServerSyncLanguageData></w:LanguageUpdateList>
      <w:ProtocolVersion>1.21</w:ProtocolVersion><w:Unknown><w:ProtocolVersion>9</w:ProtocolVersion></w:Unknown>
      </w:GetConfigDataResult></w:GetConfigDataResponse></env:Body></env:Envelope>`,
      ),
    );
    expect(config).to.include({
      maxNumberOfUpdatesPerRequest: 100,
      lazySync: true,
      catalogOnlySync: false,
      protocolVersion: '1.21',
    });
    expect(config.languages).to.deep.equal([
      { languageId: 1033, shortLanguage: '', longLanguage: 'A & B <c> & D', enabled: false },
    ]);
  });

  it('a prefix means nothing, its namespace everything', () => {
    const message = (uri: string): Buffer =>
      bytes(
        `<s:Envelope xmlns:s="${SOAP11}"><s:Body><GetCookie ` +
          `xmlns="${uri}"><protocolVersion>1.20</protocolVersion></GetCookie></s:Body></s:Envelope>`,
      );
    expect(parseGetCookieRequest(message(SD)).protocolVersion).to.equal('1.20');
    expect(() => parseGetCookieRequest(message('urn:else')))
      .to.throw()
      .that.includes({ errorId: 'UpstreamMalformed' });
    expect(() =>
      parseGetCookieRequest(bytes(`<s:Envelope xmlns:s="urn:s"><s:Body><a/></s:Body></s:Envelope>`)),
    ).to.throw(/not SOAP 1.1 or 1.2/);
  });

  it('any prefix, order and decoration in the list of ids; GUIDs in upper case', () => {
    const list = listOf(
      bytes(
        `<?xml version='1.0' encoding='utf-8'?>
      <S:Envelope a='>' xmlns:S='${SOAP11}' ><S:Header/><S:Body><n:GetRevisionIdListResponse ` +
          `xmlns:n="${SD}"><n:GetRevisionIdListResult>
      <n:NewRevisions><n:UpdateIdentity xml:lang="en"><n:RevisionNumber>7</n:RevisionNumber><!-- c --><n:UpdateID ` +
          `>${guid(0xabc).toUpperCase()}</n:UpdateID ></n:UpdateIdentity><n:Other/></n:NewRevisions>
      <n:Anchor>1,2 &amp; ` +
          `3</n:Anchor></n:GetRevisionIdListResult></n:GetRevisionIdListResponse></S:Body></S:Envelope>\n`,
      ),
    );
    expect(list).to.deep.equal({ anchor: '1,2 & 3', revisions: [{ updateId: guid(0xabc), revisionNumber: 7 }] });
  });

  it('a document with CDATA, numeric entities and comments in its blob', () => {
    const answer = dataOf(
      bytes(
        `<s:Envelope xmlns:s="${SOAP11}"><s:Body><GetUpdateDataResponse ` +
          `xmlns="${SD}"><GetUpdateDataResult><fileUrls/><updates>
      <ServerSyncUpdateData><XmlUpdateBlob>&lt;a ` +
          `b=&quot;&apos;&quot;&gt;&#xFC;&#128512;&amp;amp;<![CDATA[<x>&amp;</x>]]><!-- no ` +
          `-->&lt;/a&gt;&#13;</XmlUpdateBlob><Id><UpdateID>${guid(1)}</UpdateID><RevisionNumber>1</RevisionNumber>` +
          `</Id></ServerSyncUpdateData>
      <ServerSyncUpdateData><Id><UpdateID>${guid(2)}</UpdateID><RevisionNumber>1</RevisionNumber></Id>` +
          `<XmlUpdateBlob/><XmlUpdateBlobCompressed>\n TVN\nDRg== </XmlUpdateBlobCompressed></ServerSyncUpdateData>
      </updates></GetUpdateDataResult></GetUpdateDataResponse></s:Body></s:Envelope>`,
      ),
    );
    expect(Buffer.from(answer.updates[0]?.xml ?? []).toString()).to.equal(`<a b="'">ü😀&amp;<x>&amp;</x></a>\r`);
    expect(Buffer.from(answer.updates[1]?.cabinet ?? []).toString()).to.equal('MSCF');
    expect(answer.updates[1]).to.not.have.property('xml');
  });

  it('a missing result is an empty one', () => {
    const message =
      `<s:Envelope xmlns:s="${SOAP11}"><s:Body><GetUpdateDataResponse ` + `xmlns="${SD}"/></s:Body></s:Envelope>`;
    expect(dataOf(bytes(message))).to.deep.equal({ updates: [], fileUrls: [] });
  });
});
