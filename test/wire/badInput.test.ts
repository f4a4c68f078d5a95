import { expect } from 'chai';
import fc from 'fast-check';
import { SyncError } from '../../server/errors/SyncError.js';
import { atOnce } from '../../server/platform/inTurns.js';
import { parseGetConfigDataResponse, writeGetConfigDataResponse } from '../../server/wire/getConfigData.js';
import {
  parseGetRelatedRevisionsResponse,
  writeGetRelatedRevisionsResponse,
} from '../../server/wire/getRelatedRevisions.js';
import { parseGetRevisionIdListResponse } from '../../server/wire/getRevisionIdList.js';
import { parseGetUpdateDataResponse } from '../../server/wire/getUpdateData.js';
import { escapeBytes } from '../../server/xml/escaping.js';
import { repetitions } from '../fixtures/repetitions.js';
import { guid } from '../upstream/memoryCatalogue.js';
import { requestSamples } from './requestSamples.js';
import { revisionList, updateData } from './wholeMessages.js';

const identities = [1, 2, 3].map((number) => ({ updateId: guid(number), revisionNumber: number }));
const document = escapeBytes(Buffer.from('<Update a="1">text &amp; ü</Update>'));

const LIMITS = {
  catalogOnlySync: true,
  lazySync: true,
  serverHostsPsfFiles: true,
  maxNumberOfComputerIdsInRequest: 1,
  maxNumberOfDriverSetsPerRequest: 1,
  maxNumberOfPnpHardwareIdsInRequest: 1,
  maxNumberOfUpdatesPerRequest: 1,
  newConfigAnchor: 'a',
  protocolVersion: '1.20',
  languages: [],
  maxUpdatesPerRequestInGetUpdateDecryptionData: 1,
};
const requests = requestSamples({ expiration: '2026-01-01T00:00:00Z', encryptedData: 'AAAA' });

const SAMPLES: Readonly<Record<string, readonly [Buffer, (bytes: Uint8Array) => unknown]>> = {
  ...Object.fromEntries(
    Object.entries(requests).map(([name, { bytes, parse }]) => [`${name} (request)`, [bytes, parse] as const]),
  ),
  GetConfigData: [writeGetConfigDataResponse(LIMITS, '1.1'), parseGetConfigDataResponse],
  GetRevisionIdList: [
    revisionList({ anchor: 'a', revisions: identities }, '1.1'),
    (bytes) => atOnce(parseGetRevisionIdListResponse(bytes)),
  ],
  GetRelatedRevisionsForUpdates: [
    writeGetRelatedRevisionsResponse(identities, '1.1'),
    (bytes) => atOnce(parseGetRelatedRevisionsResponse(bytes)),
  ],
  GetUpdateData: [
    updateData(
      {
        updates: [
          ...identities.slice(1).map((identity) => ({ identity, escaped: document, fileDigests: ['AA=='] })),
          { identity: identities[0]!, cabinet: document, fileDigests: [] },
        ],
        fileUrls: [{ digest: 'AA==', muUrl: 'http://mu/?a&b', ussUrl: '' }],
      },
      '1.2',
    ),
    (bytes) => atOnce(parseGetUpdateDataResponse(bytes)),
  ],
};

/** Nothing but UpstreamMalformed may come out. */
function outcome(parse: (bytes: Uint8Array) => unknown, bytes: Uint8Array): 'read' | 'malformed' {
  try {
    parse(bytes);
    return 'read';
  } catch (caught) {
    if (!(caught instanceof SyncError)) throw caught;
    expect(caught.errorId).to.equal('UpstreamMalformed');
    expect(caught.data['reason']).to.be.a('string').and.not.equal('');
    return 'malformed';
  }
}

describe('bad messages', () => {
  for (const [name, [bytes, parse]] of Object.entries(SAMPLES)) {
    it(`${name} cut off at any byte is malformed`, () => {
      for (let length = 0; length < bytes.length; length++) {
        expect(outcome(parse, bytes.subarray(0, length)), `at ${length}`).to.equal('malformed');
      }
    });

    it(`${name} with damaged bytes ends in an answer or in UpstreamMalformed`, () => {
      fc.assert(
        fc.property(
          fc.array(
            fc.tuple(fc.nat(bytes.length - 1), fc.constantFrom(0x3c, 0x3e, 0x26, 0x2f, 0x22, 0x00, 0x21, 0xff, 0x41)),
            { minLength: 1, maxLength: 4 },
          ),
          (changes) => {
            const copy = Buffer.from(bytes);
            for (const [at, byte] of changes) copy[at] = byte;
            outcome(parse, copy);
          },
        ),
        { numRuns: repetitions(300, 20_000) },
      );
    });

    it(`${name} with a DOCTYPE is refused`, () => {
      const text = bytes.toString().replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>');
      expect(outcome(parse, Buffer.from(text))).to.equal('malformed');
    });

    it(`${name} in UTF-16, empty, or followed by more is malformed`, () => {
      expect(outcome(parse, Buffer.from(`\ufeff${bytes.toString()}`, 'utf16le'))).to.equal('malformed');
      expect(outcome(parse, Buffer.alloc(0))).to.equal('malformed');
      expect(outcome(parse, Buffer.concat([bytes, Buffer.from('<more/>')]))).to.equal('malformed');
      expect(outcome(parse, Buffer.concat([bytes, Buffer.from('\n')]))).to.equal('read');
    });
  }

  for (const [name, { bytes, parse, parameter }] of Object.entries(requests)) {
    const withMore = (more: string): Buffer => Buffer.from(bytes.toString().replace(`</${name}>`, `${more}</${name}>`));

    it(`${name} with a parameter nested too deep is malformed`, () => {
      const nested = `${'<a>'.repeat(80)}${'</a>'.repeat(80)}`;
      expect(outcome(parse, withMore(nested))).to.equal('malformed');
    });

    it(`${name} with parameters twice, of another kind, or named as what every object has`, () => {
      const hasParameter = bytes.includes(`<${parameter}>`);
      expect(outcome(parse, withMore(`<${parameter}></${parameter}>`))).to.equal(hasParameter ? 'malformed' : 'read');
      outcome(parse, Buffer.from(bytes.toString().replace(`<${parameter}>`, `<${parameter}><b/>7<![CDATA[<x/>]]>`)));
      expect(outcome(parse, withMore('<constructor>1</constructor><__proto__>2</__proto__><toString/>'))).to.equal(
        'read',
      );
    });
  }

  const blobs = ['&bogus;', '&', '&lt', '&#0;', '&#xD800;', '&#x110000;', '&#99999999999;', '<b/>', 'a</x>'];
  for (const blob of blobs) {
    it(`a blob of ${blob} is malformed`, () => {
      const text = SAMPLES['GetUpdateData']![0].toString().replace(document.toString(), blob);
      expect(outcome((bytes) => atOnce(parseGetUpdateDataResponse(bytes)), Buffer.from(text))).to.equal('malformed');
    });
  }

  it('elements nested too deep are malformed', () => {
    const text = SAMPLES['GetRevisionIdList']![0].toString().replace(
      '<NewRevisions>',
      `<NewRevisions>${'<a>'.repeat(200)}${'</a>'.repeat(200)}`,
    );
    expect(outcome((bytes) => atOnce(parseGetRevisionIdListResponse(bytes)), Buffer.from(text))).to.equal('malformed');
  });

  it('an entity by another name is never expanded in small messages', () => {
    const text = SAMPLES['GetConfigData']![0].toString().replace('1.20', '&nbsp;');
    expect(outcome(parseGetConfigDataResponse, Buffer.from(text))).to.equal('malformed');
  });
});
