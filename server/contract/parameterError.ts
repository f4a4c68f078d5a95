import type { ErrorObject } from 'ajv';
import { typedName, type Surface } from './parameterNames.js';

/** What a schema says of a value that is checked, as far as texts need it. */
interface ValueSchema {
  readonly type?: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly enum?: readonly (string | number | boolean | null)[];
}

/** What the patterns of the contract ask for. */
const PATTERNS: Readonly<Record<string, string>> = {
  '^[^\\u0000-\\u001f]*$': 'must not contain control characters',
  '^[^\\u0000]*$': 'must not contain a NUL character',
  '^[0-9A-Fa-f]{64}$': 'must be a fingerprint of 64 hexadecimal digits',
  '^[A-Za-z0-9]([A-Za-z0-9._-]{0,253}[A-Za-z0-9])?$':
    'must be the name of a server: letters, digits, dots, hyphens and underscores',
  '^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|[0-9A-Fa-f:]+)?$': 'must be the name or the address of a server',
};

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'must be a GUID',
  'date-time': 'must be a date and time, such as 2026-11-30T06:00:00Z',
};

/** What is wrong with a parameter, in the words of a surface; of one that nobody types as of any message. */
export function parameterError(method: string, error: ErrorObject, surface: Surface): string {
  const [property = '', ...inner] = pathOf(error);
  const name = typedName(method, property, surface);
  if (property === '' || name === undefined || error.keyword === 'additionalProperties')
    return messageError(method, error, surface);
  return `${subjectOf(name, inner)} ${problemOf(error, surface)}`;
}

/** What is wrong with a message that a program made. */
export function messageError(method: string, error: ErrorObject, surface: Surface): string {
  return `The message ${method} is not valid: ${pathOf(error).join('.') || 'it'} ${problemOf(error, surface)}`;
}

/** A property that is missing has its place in the parameters of the error. */
function pathOf({ instancePath, params }: ErrorObject): readonly string[] {
  const path = instancePath.split('/').slice(1);
  const missing: unknown = (params as { readonly missingProperty?: unknown }).missingProperty;
  const additional: unknown = (params as { readonly additionalProperty?: unknown }).additionalProperty;
  return [missing, additional].reduce<string[]>((all, name) => (typeof name === 'string' ? [...all, name] : all), path);
}

function subjectOf(name: string, inner: readonly string[]): string {
  const member = inner.findLast((part) => !/^\d+$/.test(part));
  const place = inner.some((part) => /^\d+$/.test(part)) ? `an entry of ${name}` : name;
  if (member !== undefined) return `${member} in ${place}`;
  return inner.length === 0 ? name : `An entry of ${name}`;
}

function problemOf(error: ErrorObject, surface: Surface): string {
  const schema = (error.parentSchema ?? {}) as ValueSchema;
  switch (error.keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
      return 'is not a parameter of it';
    case 'enum':
      return `must be ${listOf(schema.enum ?? [])}`;
    case 'pattern':
      return PATTERNS[schema.pattern ?? ''] ?? 'has a format that is not allowed';
    case 'format':
      return FORMATS[String((error.params as { readonly format?: unknown }).format)] ?? 'has another format';
    case 'minimum':
    case 'maximum':
      return `must be ${rangeOf(schema.minimum, schema.maximum)}`;
    case 'minLength':
    case 'maxLength':
      return lengthOf(schema);
    case 'minItems':
    case 'maxItems':
      return `must have ${rangeOf(schema.minItems, schema.maxItems)} ${schema.maxItems === 1 ? 'entry' : 'entries'}`;
    default:
      return `must be ${kindOf(schema, surface)}`;
  }
}

function lengthOf({ minLength = 0, maxLength }: ValueSchema): string {
  if (minLength <= 1 && maxLength === undefined) return 'must not be empty';
  if (minLength === maxLength) return `must have ${minLength} characters`;
  return minLength === 0
    ? `must have at most ${maxLength} characters`
    : `must have ${rangeOf(minLength, maxLength)} characters`;
}

function rangeOf(low: number | undefined, high: number | undefined): string {
  if (low !== undefined && high !== undefined) return `${low} to ${high}`;
  return low === undefined ? `${high} or less` : `${low} or more`;
}

function kindOf(schema: ValueSchema, surface: Surface): string {
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  const words = types.filter((type) => type !== 'null').map((type) => KINDS[type]?.(schema, surface) ?? type);
  return words.join(' or ') || 'of another kind';
}

const KINDS: Readonly<Record<string, (schema: ValueSchema, surface: Surface) => string>> = {
  string: () => 'text',
  boolean: (_schema, surface) => (surface === 'powershell' ? '$true or $false' : 'true or false'),
  integer: ({ minimum, maximum }) => {
    if (minimum === undefined && maximum === undefined) return 'a whole number';
    return `a whole number, ${rangeOf(minimum, maximum)}`;
  },
  number: () => 'a number',
  array: () => 'a list',
  object: () => 'an object',
};

function listOf(values: readonly (string | number | boolean | null)[]): string {
  const words = values.map(String);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
