import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEngineMethod, methods } from '../../server/contract/methods.js';
import { validate } from '../../server/contract/validator.js';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { fakeRun, fakeSite } from '../rpc/fakeObjects.js';

interface RequestSchema {
  readonly properties: { readonly requestId: { readonly description: string } };
}

describe('contract', () => {
  const check = (schema: Parameters<typeof validate>[0], value: unknown) => (): void => validate(schema, value, 'x');

  it('has a schema file for every request and result, and no other message', () => {
    const used = new Set(
      Object.values(methods).flatMap((method): string[] => [method.requestSchema, method.resultSchema]),
    );
    for (const name of used) expect(existsSync(join(packageFolder(), 'schemas', name)), name).to.equal(true);
    const files = readdirSync(join(packageFolder(), 'schemas')).filter((name) =>
      /\.(request|result)\.json$/.test(name),
    );
    expect(files.filter((name) => !used.has(name))).to.deep.equal([]);
  });

  it('compiles every schema', () => {
    for (const { requestSchema, resultSchema } of Object.values(methods)) {
      for (const schema of [requestSchema, resultSchema])
        expect(check(schema, 5), schema).to.throw('the parameters must be object');
    }
  });

  it('requires a requestId on whatever changes state', () => {
    for (const [name, method] of Object.entries(methods))
      if (method.changesState) expect(check(method.requestSchema, {}), name).to.throw(/requestId/);
    expect([isEngineMethod('sync/start'), isEngineMethod('site/new'), isEngineMethod('toString')]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it('says of every change that it is done once by its requestId, or why not', () => {
    const describedAs = (schema: string): string => {
      const text = readFileSync(join(packageFolder(), 'schemas', schema), 'utf8');
      return (JSON.parse(text) as RequestSchema).properties.requestId.description;
    };
    for (const [name, { changesState, isDoneOnce, requestSchema }] of Object.entries(methods)) {
      if (!changesState) expect(isDoneOnce, name).to.equal(false);
      else
        expect(describedAs(requestSchema), name).to.match(
          isDoneOnce
            ? /^GUID of this change: sent again after a crash it (gets the stored result|is not done twice)/
            : /^GUID of this change\. Sent again it is done again: \w.{20,}\.$/,
        );
    }
  });

  it('names path and reason', () => {
    expect(
      check('component/set'.replace('/', '.').concat('.request.json') as 'component.set.request.json', {
        requestId: 'nonsense',
      }),
    ).to.throw('requestId must match format "uuid"');
    expect(
      check('sync.start.result.json', { run: { ...fakeRun, Counts: { ...fakeRun.Counts, New: 'x' } }, started: true }),
    ).to.throw('run.Counts.New must be integer');
    expect(check('update.list.request.json', { surprise: 1 })).to.throw(
      'must NOT have additional properties (surprise)',
    );
    expect(check('update.list.request.json', { severity: 'Huge' })).to.throw(
      'severity must be equal to one of the allowed values (None,Low,Moderate,Important,Critical)',
    );
    expect(check('update.list.request.json', { datePostedMin: '1.2.2026' })).to.throw(
      'datePostedMin must match format',
    );
  });

  it('accepts what is right', () => {
    expect(check('objects/Site.json', fakeSite)).not.to.throw();
    expect(check('sync.start.result.json', { run: fakeRun, started: true })).not.to.throw();
  });
});
