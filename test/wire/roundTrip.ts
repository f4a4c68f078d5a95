import { expect } from 'chai';
import fc from 'fast-check';
import { peekPayload } from '../../server/wire/payload.js';
import type { SoapVersion } from '../../server/wire/operations.js';
import { repetitions } from '../fixtures/repetitions.js';
import { soap } from './arbitraries.js';

/** A message in one direction. */
export interface Direction<Message> {
  readonly name: string;
  readonly message: fc.Arbitrary<Message>;
  readonly write: (message: Message, version: SoapVersion) => Uint8Array;
  readonly parse: (bytes: Uint8Array) => unknown;
}

/** What is written is read back, in both versions of SOAP. */
export function roundTrip<Message>(direction: Direction<Message>): void {
  it(direction.name, () => {
    fc.assert(
      fc.property(direction.message, soap, (message, version) => {
        const bytes = direction.write(message, version);
        expect(direction.parse(bytes)).to.deep.equal(message);
        expect(peekPayload(bytes)).to.include({ soap: version, name: direction.name });
      }),
      { numRuns: repetitions(60, 2000) },
    );
  });
}
