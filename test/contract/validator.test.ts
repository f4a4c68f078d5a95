import { expect } from 'chai';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isEngineMethod, METHODS } from '../../server/contract/methods.js';
import { validate } from '../../server/contract/validator.js';
import { FAKE_RUN, FAKE_SITE } from '../rpc/fakeObjects.js';
import { allSchemas, schemaOf } from './schemaOf.js';

interface ContractValidator {
  readonly validate: (schema: string, value: unknown, method: string) => void;
}

/** One that has read nothing yet: another query is another instance. */
async function freshValidator(query: string): Promise<ContractValidator> {
  return (await import(`../../server/contract/validator.js?${query}`)) as ContractValidator;
}

describe('contract', () => {
  const check = (schema: Parameters<typeof validate>[0], value: unknown) => (): void => validate(schema, value, 'x');

  it('has a schema for every request and result, and no other message', () => {
    const used = new Set(
      Object.values(METHODS).flatMap((method): string[] => [method.requestSchema, method.resultSchema]),
    );
    const names = [...allSchemas().keys()];
    expect([...used].filter((name) => !names.includes(name))).to.deep.equal([]);
    const messages = names.filter((name) => /^(?!link\.).*\.(request|result)$/.test(name));
    expect(messages.filter((name) => !used.has(name))).to.deep.equal([]);
  });

  it('compiles every schema', () => {
    for (const { requestSchema, resultSchema } of Object.values(METHODS)) {
      for (const schema of [requestSchema, resultSchema])
        expect(check(schema, 5), schema).to.throw('must be an object');
    }
  });

  it('finds what a schema refers to, whichever is asked for first', async () => {
    const firsts = ['catalog.export.result', 'store.repair.result', 'siteSystem.set.result', 'sup.list.result'];
    for (const schema of firsts) {
      const fresh = await freshValidator(schema);
      expect(() => fresh.validate(schema, 5, 'x'), schema).to.throw('must be an object');
    }
  });

  it('reads a file again that could not be read once', async () => {
    const read = fs.readFileSync;
    let failures = 1;
    fs.readFileSync = ((file: string, encoding: 'utf8') => {
      if (!file.endsWith('run.json') || failures === 0) return read(file, encoding);
      failures -= 1;
      throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
    }) as typeof read;
    syncBuiltinESMExports();
    try {
      // What it refers to stands in run.json.
      const fresh = await freshValidator('again');
      expect(() => fresh.validate('catalog.import.result', 5, 'x')).to.throw('EMFILE');
      expect(() => fresh.validate('catalog.import.result', 5, 'x')).to.throw('must be an object');
      expect(failures).to.equal(0);
    } finally {
      fs.readFileSync = read;
      syncBuiltinESMExports();
    }
  });

  it('requires a requestId on whatever changes state', () => {
    for (const [name, method] of Object.entries(METHODS))
      if (method.changesState) expect(check(method.requestSchema, {}), name).to.throw(/requestId/);
    expect([isEngineMethod('sync/start'), isEngineMethod('site/new'), isEngineMethod('toString')]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it('says of every change that it is done once by its requestId, or why not', () => {
    const describedAs = (schema: string) => schemaOf(schema).properties['requestId']?.description;
    for (const [name, { changesState, isDoneOnce, requestSchema }] of Object.entries(METHODS)) {
      if (!changesState) expect(isDoneOnce, name).to.equal(false);
      else
        expect(describedAs(requestSchema), name).to.match(
          isDoneOnce
            ? /^GUID of this change\. Sent again after a crash, it (gets the stored result|is not done twice)/
            : /^GUID of this change\. Sent again, it is done again: \w.{20,}\.$/,
        );
    }
  });

  it('names path and reason', () => {
    expect(
      check('component.set.request', {
        requestId: 'nonsense',
      }),
    ).to.throw('requestId must be a GUID');
    expect(
      check('sync.start.result', { run: { ...FAKE_RUN, Counts: { ...FAKE_RUN.Counts, New: 'x' } }, started: true }),
    ).to.throw('run.Counts.New must be a whole number');
    expect(check('update.list.request', { surprise: 1 })).to.throw('surprise is not a parameter of it');
    expect(check('update.list.request', { severity: 'Huge' })).to.throw(
      '-Severity must be None, Low, Moderate, Important or Critical.',
    );
    expect(check('update.list.request', { datePostedMin: '1.2.2026' })).to.throw(
      '-DatePostedMin must be a date and time',
    );
  });

  it('accepts what is right', () => {
    expect(check('Site', FAKE_SITE)).not.to.throw();
    expect(check('sync.start.result', { run: FAKE_RUN, started: true })).not.to.throw();
  });
});
