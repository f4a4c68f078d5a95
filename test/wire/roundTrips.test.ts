import { expect } from 'chai';
import fc from 'fast-check';
import { atOnce } from '../../server/platform/inTurns.js';
import {
  parseGetAuthConfigRequest,
  parseGetAuthConfigResponse,
  writeGetAuthConfigRequest,
  writeGetAuthConfigResponse,
} from '../../server/wire/getAuthConfig.js';
import {
  parseGetAuthorizationCookieRequest,
  parseGetAuthorizationCookieResponse,
  writeGetAuthorizationCookieRequest,
  writeGetAuthorizationCookieResponse,
} from '../../server/wire/getAuthorizationCookie.js';
import {
  parseGetConfigDataRequest,
  parseGetConfigDataResponse,
  writeGetConfigDataRequest,
  writeGetConfigDataResponse,
} from '../../server/wire/getConfigData.js';
import {
  parseGetCookieRequest,
  parseGetCookieResponse,
  writeGetCookieRequest,
  writeGetCookieResponse,
} from '../../server/wire/getCookie.js';
import {
  parseGetRelatedRevisionsRequest,
  parseGetRelatedRevisionsResponse,
  writeGetRelatedRevisionsRequest,
  writeGetRelatedRevisionsResponse,
} from '../../server/wire/getRelatedRevisions.js';
import {
  parseGetRevisionIdListRequest,
  parseGetRevisionIdListResponse,
  writeGetRevisionIdListRequest,
} from '../../server/wire/getRevisionIdList.js';
import {
  parseGetUpdateDataRequest,
  parseGetUpdateDataResponse,
  writeGetUpdateDataRequest,
} from '../../server/wire/getUpdateData.js';
import { escapeBytes } from '../../server/xml/escaping.js';
import { guid } from '../upstream/memoryCatalogue.js';
import { base64, configData, cookie, fileUrl, filter, identity, text, word } from './arbitraries.js';
import { roundTrip } from './roundTrip.js';
import { revisionList, updateData } from './wholeMessages.js';

const authCookie = fc.record({ plugInId: word, cookieData: base64 });

describe('wire messages, written and read', () => {
  roundTrip({
    name: 'GetAuthConfig',
    message: fc.constant(undefined),
    write: (_message, version) => writeGetAuthConfigRequest(version),
    parse: parseGetAuthConfigRequest,
  });
  roundTrip({
    name: 'GetAuthConfigResponse',
    message: fc.record({
      lastChange: word,
      plugIns: fc.array(fc.record({ plugInId: word, serviceUrl: word, parameter: text }), { maxLength: 3 }),
    }),
    write: writeGetAuthConfigResponse,
    parse: parseGetAuthConfigResponse,
  });
  roundTrip({
    name: 'GetAuthorizationCookie',
    message: fc.record({ accountName: text, accountGuid: text, programKeys: fc.array(word, { maxLength: 3 }) }),
    write: writeGetAuthorizationCookieRequest,
    parse: parseGetAuthorizationCookieRequest,
  });
  roundTrip({
    name: 'GetAuthorizationCookieResponse',
    message: authCookie,
    write: writeGetAuthorizationCookieResponse,
    parse: parseGetAuthorizationCookieResponse,
  });
  roundTrip({
    name: 'GetCookie',
    message: fc.record({
      authCookies: fc.array(authCookie, { maxLength: 2 }),
      oldCookie: fc.option(cookie, { nil: undefined }),
      protocolVersion: word,
    }),
    write: writeGetCookieRequest,
    parse: parseGetCookieRequest,
  });
  roundTrip({
    name: 'GetCookieResponse',
    message: cookie,
    write: writeGetCookieResponse,
    parse: parseGetCookieResponse,
  });
  roundTrip({
    name: 'GetConfigData',
    message: fc.record({ cookie, configAnchor: text }),
    write: writeGetConfigDataRequest,
    parse: parseGetConfigDataRequest,
  });
  roundTrip({
    name: 'GetConfigDataResponse',
    message: configData,
    write: writeGetConfigDataResponse,
    parse: parseGetConfigDataResponse,
  });
  roundTrip({
    name: 'GetRevisionIdList',
    message: fc.record({ cookie, filter }),
    write: writeGetRevisionIdListRequest,
    parse: parseGetRevisionIdListRequest,
  });
  roundTrip({
    name: 'GetRevisionIdListResponse',
    message: fc.record({ anchor: text, revisions: fc.array(identity) }),
    write: revisionList,
    parse: (bytes) => atOnce(parseGetRevisionIdListResponse(bytes)),
  });
  roundTrip({
    name: 'GetRelatedRevisionsForUpdates',
    message: fc.record({ cookie, updateIds: fc.array(fc.nat().map(guid)) }),
    write: writeGetRelatedRevisionsRequest,
    parse: parseGetRelatedRevisionsRequest,
  });
  roundTrip({
    name: 'GetRelatedRevisionsForUpdatesResponse',
    message: fc.array(identity),
    write: writeGetRelatedRevisionsResponse,
    parse: (bytes) => atOnce(parseGetRelatedRevisionsResponse(bytes)),
  });
  roundTrip({
    name: 'GetUpdateData',
    message: fc.record({ cookie, identities: fc.array(identity) }),
    write: writeGetUpdateDataRequest,
    parse: parseGetUpdateDataRequest,
  });
  roundTrip({
    name: 'GetUpdateDataResponse',
    message: fc.record({
      updates: fc.array(
        fc.oneof(
          fc.record({ identity, xml: text.filter((value) => value !== '').map((value) => Buffer.from(value)) }),
          fc.record({
            identity,
            cabinet: fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
          }),
          fc.record({ identity }),
        ),
        { maxLength: 5 },
      ),
      fileUrls: fc.array(fileUrl, { maxLength: 3 }),
    }),
    write: (answer, version) =>
      updateData(
        {
          fileUrls: answer.fileUrls,
          updates: answer.updates.map((update) => ({
            ...update,
            fileDigests: ['AA=='],
            ...('xml' in update ? { escaped: escapeBytes(update.xml) } : {}),
          })),
        },
        version,
      ),
    parse: (bytes) => atOnce(parseGetUpdateDataResponse(bytes)),
  });

  it('a list of 5,000 ids crosses the pieces it is written in', () => {
    const revisions = Array.from({ length: 5000 }, (_, index) => ({
      updateId: `0000000a-1111-4222-8333-${index.toString(16).padStart(12, '0')}`,
      revisionNumber: index,
    }));
    const bytes = revisionList({ anchor: 'a', revisions }, '1.1');
    expect(atOnce(parseGetRevisionIdListResponse(bytes)).revisions).to.deep.equal(revisions);
  });

  it('an update without files has no list of digests, and the list of addresses stands even when empty', () => {
    const write = (fileDigests: readonly string[]): string =>
      updateData(
        {
          updates: [{ identity: { updateId: guid(1), revisionNumber: 1 }, escaped: Buffer.from('x'), fileDigests }],
          fileUrls: [],
        },
        '1.1',
      ).toString();
    expect(write([])).to.contain(
      '<XmlUpdateBlob>x</XmlUpdateBlob></ServerSyncUpdateData></updates><fileUrls></fileUrls>',
    );
    expect(write(['AA=='])).to.contain(
      '<XmlUpdateBlob>x</XmlUpdateBlob><FileDigestList><base64Binary>AA==</base64Binary></FileDigestList>' +
        '</ServerSyncUpdateData>',
    );
  });

  it('an anchor that is not known is left out, and wrappers stand even when empty', () => {
    const empty = { config: true, anchor: '', categories: [], classifications: [], languages: [] };
    const written = writeGetRevisionIdListRequest({ cookie: undefined, filter: empty }, '1.1').toString();
    expect(written).to.not.contain('<Anchor>');
    expect(written).to.contain(
      '<GetConfig>true</GetConfig><Get63LanguageOnly>false</Get63LanguageOnly><Categories></Categories>' +
        '<Classifications></Classifications><Languages></Languages>',
    );
    expect(writeGetConfigDataRequest({ cookie: undefined, configAnchor: '' }, '1.1').toString()).to.not.contain(
      'configAnchor',
    );
  });

  it('the authorization cookie changes its namespace between the services', () => {
    const given = writeGetAuthorizationCookieResponse({ plugInId: 'p', cookieData: 'AA==' }, '1.1').toString();
    expect(given).to.contain('xmlns="http://www.microsoft.com/SoftwareDistribution/Server/DssAuthWebService"');
    const used = writeGetCookieRequest(
      { authCookies: [{ plugInId: 'p', cookieData: 'AA==' }], protocolVersion: '1.20' },
      '1.1',
    ).toString();
    expect(used)
      .to.contain('<GetCookie xmlns="http://www.microsoft.com/SoftwareDistribution"><authCookies><AuthorizationCookie>')
      .and.not.contain('DssAuth');
  });
});
