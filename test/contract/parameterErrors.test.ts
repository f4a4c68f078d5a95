import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { METHODS } from '../../server/contract/methods.js';
import { typedName } from '../../server/contract/parameterNames.js';
import { validate } from '../../server/contract/validator.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { allSchemas } from './schemaOf.js';

interface Property {
  readonly type?: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly items?: Property;
}

/** Values that a property must not have, one for each thing its schema says. */
function badValues({ items, ...own }: Property): unknown[] {
  const bad: unknown[] = [own.type === 'object' ? 5 : {}];
  if (own.minimum !== undefined) bad.push(own.minimum - 1);
  if (own.maximum !== undefined) bad.push(own.maximum + 1);
  if (own.minLength !== undefined) bad.push('');
  if (own.maxLength !== undefined) bad.push('x'.repeat(own.maxLength + 1));
  if (own.enum !== undefined) bad.push('no such value');
  if (own.pattern !== undefined || own.format !== undefined) bad.push('\u0000\u0001/');
  if (own.maxItems !== undefined && own.maxItems < 20_000)
    bad.push(Array.from({ length: own.maxItems + 1 }, () => 'a'));
  if (items !== undefined) bad.push(...badValues(items).map((value) => [value]));
  return bad;
}

function sources(folder: string, pattern: RegExp): string {
  const root = join(packageFolder(), folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => pattern.test(file));
  return files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
}

/** What a person must never read: words of JSON Schema, and names of the contract. */
const RAW = /must match|must NOT|must have required|must be equal|schema|\b[a-z]+[A-Z]\w*\b|\//;

/** What a command sets itself, or leaves to the command line and the page. */
const NOT_TYPED_IN_POWERSHELL = [
  'run/list.before',
  'category/list.withCounts',
  'alert/switch.enabled',
  'statusRule/set.isNew',
  'statusRule/set.enabled',
  'subscription/set.requireValidLocaleId',
  'run/changes.product',
  'run/changes.severity',
  'content/save.uniqueIds',
];

describe('a parameter that is not valid', () => {
  const asked = Object.entries(METHODS).filter(([, { answeredBy }]) => answeredBy !== 'link');
  const schemas = allSchemas();
  const objectOf = (name: string): { required?: readonly string[]; properties: Record<string, Property> } =>
    schemas.get(name) as unknown as ReturnType<typeof objectOf>;
  const said = (method: string, schema: string, params: object): SyncError | undefined => {
    try {
      validate(schema as 'run.list.request', params, method);
      return undefined;
    } catch (caught) {
      if (caught instanceof SyncError) return caught;
      throw caught;
    }
  };

  it('is told as it was typed, in both surfaces, whatever is wrong with it', () => {
    let count = 0;
    for (const [method, { requestSchema }] of asked) {
      const { properties } = objectOf(requestSchema);
      for (const [name, property] of Object.entries(properties)) {
        const [powershell, commandLine] = (['powershell', 'commandLine'] as const).map((on) =>
          typedName(method, name, on),
        );
        if (powershell === undefined || commandLine === undefined) continue;
        for (const value of badValues(property)) {
          const error = said(method, requestSchema, { ...required(requestSchema, name), [name]: value });
          if (error === undefined) continue;
          count += 1;
          const about = `${method} ${name} ${JSON.stringify(value).slice(0, 40)}`;
          expect(error.message, about)
            .to.contain(powershell)
            .and.match(/ must .*\.$/);
          expect(error.messageCli, about)
            .to.contain(commandLine)
            .and.match(/ must .*\.$/);
          const words = [error.message.replace(powershell, ''), error.messageCli.replace(commandLine, '')];
          for (const text of words) expect(text, about).not.to.match(RAW);
        }
      }
    }
    expect(count).to.be.greaterThan(400);
  });

  /** The parameters without which a request is not looked at. */
  const required = (schema: string, but: string): object => {
    const { required: names = [], properties } = objectOf(schema);
    return Object.fromEntries(names.filter((name) => name !== but).map((name) => [name, good(properties[name] ?? {})]));
  };
  const good = ({ type, format, minimum, enum: allowed, pattern, items }: Property): unknown => {
    if (allowed !== undefined) return allowed[0];
    if (format === 'uuid') return '00000000-0000-4000-8000-000000000000';
    if (format === 'date-time') return '2026-11-30T06:00:00Z';
    if (type === 'integer') return minimum ?? 0;
    if (type === 'boolean') return true;
    if (type === 'array') return items === undefined ? [] : [good(items)];
    return pattern === undefined ? 'abc' : 'a'.repeat(64);
  };

  it('has a name that exists in PowerShell, and at the command line where it has one', () => {
    const cmdlets = sources('cmdlets/public', /\.ps1$/);
    const options = sources('server/cli', /[Oo]ptions\.ts$/);
    const unknown: string[] = [];
    for (const [method, { requestSchema }] of asked)
      for (const name of Object.keys(objectOf(requestSchema).properties)) {
        const powershell = typedName(method, name, 'powershell');
        if (
          powershell !== undefined &&
          !new RegExp(`\\$${powershell.slice(1)}\\b|-WhatIf`).test(`${cmdlets} ${powershell}`)
        )
          unknown.push(`${method} ${powershell}`);
        const commandLine = typedName(method, name, 'commandLine') ?? '';
        const isMapped = !commandLine.startsWith('--') || commandLine !== kebab(name);
        if (commandLine !== '' && isMapped && !isOption(options, commandLine)) unknown.push(`${method} ${commandLine}`);
      }
    expect(unknown).to.deep.equal([]);
  });
  it('has in PowerShell the name that a command has which asks with it', () => {
    const commands = readdirSync(join(packageFolder(), 'cmdlets/public')).map((file) =>
      readFileSync(join(packageFolder(), 'cmdlets/public', file), 'utf8'),
    );
    const unknown = asked.flatMap(([method, { requestSchema }]) => {
      const asking = commands.filter((text) => text.includes(`'${method}'`));
      const names = asking.length === 0 ? [] : Object.keys(objectOf(requestSchema).properties);
      return names
        .filter((name) => {
          const typed = typedName(method, name, 'powershell') ?? '-WhatIf';
          const used = new RegExp(`\\$${typed.slice(1)}\\b`, 'i');
          return typed !== '-WhatIf' && !asking.some((text) => used.test(text));
        })
        .map((name) => `${method}.${name}`);
    });
    expect(unknown).to.deep.equal(NOT_TYPED_IN_POWERSHELL);
  });
  const kebab = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const isOption = (options: string, name: string): boolean =>
    name.startsWith('--')
      ? new RegExp(`(^|[{,])\\s*'?${name.slice(2)}'?:`, 'm').test(options)
      : new RegExp(`positional\\('${name.toLowerCase()}'`).test(options);

  it('reads like a sentence', () => {
    const told = (schema: string, params: object): string[] => {
      const method = schema.replace(/\.request$/, '').replace('.', '/');
      const error = said(method, schema, { requestId: '00000000-0000-4000-8000-000000000000', ...params });
      return [error?.message ?? '', error?.messageCli ?? ''];
    };
    expect(told('component.set.request', { waitMonth: 200 })).to.deep.equal([
      '-WaitMonth must be 1 to 99.',
      '--expire-superseded must be 1 to 99.',
    ]);
    expect(told('component.set.request', { allowPending: 'x' })).to.deep.equal([
      '-AllowPending must be $true or $false.',
      '--allow-pending must be true or false.',
    ]);
    expect(told('component.set.request', { addProduct: [''] })).to.deep.equal([
      'An entry of -AddProduct must have 1 to 512 characters.',
      'An entry of --add-product must have 1 to 512 characters.',
    ]);
    expect(told('component.set.request', { surprise: 1 })[0]).to.equal(
      'The message component/set is not valid: surprise is not a parameter of it.',
    );
  });
});
