import { SyncError } from '../../server/errors/SyncError.js';
import { allSchemas } from './schemaOf.js';

/** What samples are made by. */
interface Shape {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Shape[];
  readonly format?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
}

const TEXTS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T23:59:59.123Z',
  uuid: '0f8fad5b-d9cb-469f-a165-70867728950e',
};

/** A value with everything that a schema knows. */
export function sampleOf(name: string): unknown {
  const shape = allSchemas().get(name) as Shape | undefined;
  if (shape === undefined) throw new SyncError('InternalError', { where: 'a test', reason: `no schema ${name}` });
  return sampleOfShape(shape);
}

function sampleOfShape(shape: Shape): unknown {
  if (shape.$ref !== undefined) return sampleOf(shape.$ref.slice(shape.$ref.lastIndexOf('/') + 1));
  if (shape.enum !== undefined) return shape.enum[0];
  if (shape.oneOf?.[0] !== undefined) return sampleOfShape(shape.oneOf[0]);
  switch (Array.isArray(shape.type) ? shape.type[0] : shape.type) {
    case 'object':
      return Object.fromEntries(Object.entries(shape.properties ?? {}).map(([key, one]) => [key, sampleOfShape(one)]));
    case 'array':
      return [sampleOfShape(shape.items ?? {})];
    case 'string':
      return TEXTS[shape.format ?? ''] ?? 'x'.repeat(Math.max(1, shape.minLength ?? 0));
    case 'boolean':
      return true;
    default:
      return shape.minimum ?? 1;
  }
}

const OTHERS: readonly unknown[] = [null, undefined, true, '', 'x'.repeat(5000), -1, 0.5, Number.NaN, [], {}, [7], '1'];

/** The value with each of its parts left out, added to, and replaced by something else, one at a time. */
export function mutantsOf(value: unknown): readonly unknown[] {
  const own = OTHERS.filter((other) => other !== value);
  if (Array.isArray(value)) {
    const within = value.flatMap((one: unknown) => mutantsOf(one).map((mutant) => [mutant]));
    return [...own, ...within, [...(value as unknown[]), ...(value as unknown[])]];
  }
  if (typeof value !== 'object' || value === null) return own;
  const within = Object.entries(value).flatMap(([key, one]) => [
    Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)),
    ...mutantsOf(one).map((mutant) => ({ ...value, [key]: mutant })),
  ]);
  return [...own, ...within, { ...value, surprise: 1 }];
}
