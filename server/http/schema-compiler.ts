/** Validation with typebox's own compiler: bodies as they are, query and path values read as the types they stand for. */
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';

/** Errors are arrays with instancePath, keyword and params; failure.ts turns the first into a problem. */
export const schemaCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema);
  return (value: unknown) => {
    const read = httpPart === 'body' ? value : Value.Convert(schema, value);
    if (validator.Check(read)) return { value: read };
    // The first fault is enough; "schema is false" only announces the additionalProperties fault that follows it.
    const fault = validator.Errors(read).find(({ keyword }) => keyword !== 'boolean');
    return { error: Object.assign(new Error('schema'), { validation: fault ? [fault] : [] }) };
  };
};
