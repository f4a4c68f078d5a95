import { expect } from 'chai';
import fc from 'fast-check';
import { FAULT_CODES, parseFault, writeFault } from '../../server/wire/fault.js';
import { writeGetAuthConfigRequest } from '../../server/wire/getAuthConfig.js';
import { repetitions } from '../fixtures/repetitions.js';
import { soap, word } from './arbitraries.js';

function envelope(fault: string, uri = 'http://schemas.xmlsoap.org/soap/envelope/'): Buffer {
  return Buffer.from(`<s:Envelope xmlns:s="${uri}"><s:Body><s:Fault>${fault}</s:Fault></s:Body></s:Envelope>`);
}

describe('SOAP faults', () => {
  it('are read as written, in both versions', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FAULT_CODES), word, soap, (errorCode, message, version) => {
        const fault = { errorCode, message, id: 'an-id', method: 'http://action' };
        expect(parseFault(writeFault(fault, version))).to.deep.equal({ ...fault, reason: 'Fault occurred' });
      }),
      { numRuns: repetitions(60, 6000) },
    );
  });

  it('take the unqualified detail before any other', () => {
    const detail =
      '<detail><x:ErrorCode xmlns:x="urn:x">ServerBusy</x:ErrorCode><ErrorCode>InvalidCookie</ErrorCode></detail>';
    expect(parseFault(envelope(`<faultstring>ServerChanged</faultstring>${detail}`))?.errorCode).to.equal(
      'InvalidCookie',
    );
  });

  it('take a detail of any namespace next, the reason text last', () => {
    expect(
      parseFault(
        envelope(
          '<faultstring>ServerChanged</faultstring><detail><w ' +
            'xmlns="urn:x"><ErrorCode>ServerBusy</ErrorCode></w></detail>',
        ),
      )?.errorCode,
    ).to.equal('ServerBusy');
    expect(
      parseFault(envelope('<faultstring>it is an InvalidAuthorizationCookie, sorry</faultstring>'))?.errorCode,
    ).to.equal('InvalidAuthorizationCookie');
  });

  it('without any code have an empty one', () => {
    const fault = envelope(
      '<s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text>Missing Revisions: a</s:Text></s:Reason>',
      'http://www.w3.org/2003/05/soap-envelope',
    );
    expect(parseFault(fault)).to.include({ errorCode: '', reason: 'Missing Revisions: a' });
  });

  it('are not seen in other messages', () => {
    expect(parseFault(writeGetAuthConfigRequest('1.1'))).to.equal(undefined);
  });
});
