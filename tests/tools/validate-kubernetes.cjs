// Reads objects from stdin, one JSON text a line, and holds each against the schema of its kind, as the packages
// kubernetes-models and @kubernetes-models/argo-cd carry them. Prints one JSON text a line for each object: a list of
// what is wrong, empty when nothing is.
//
// The schemas let unknown fields pass, and the API server drops them without a word. So each object is handed over in a
// wrapper that notes which fields the validator asks for: a field that stands in an object whose other fields were asked
// for, and was not asked for itself, is one that the schema does not know.
'use strict';

function modelOf({ apiVersion, kind }) {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') throw new Error('an object without apiVersion or kind');
  const room = apiVersion.startsWith('argoproj.io/') ? `@kubernetes-models/argo-cd/${apiVersion}` : `kubernetes-models/${apiVersion}`;
  return require(`${room}/${kind}`)[kind];
}

// A field of free content, whose schema says nothing, is never asked for below itself.
function watched(value, path, asked) {
  if (value === null || typeof value !== 'object') return value;
  const fields = new Set();
  asked.push({ value, path, fields });
  const below = new Map();
  return new Proxy(value, {
    get(target, key) {
      if (typeof key !== 'string' || !Object.hasOwn(target, key)) { if (typeof key === 'string') fields.add(key); return target[key]; }
      fields.add(key);
      if (!below.has(key)) below.set(key, watched(target[key], `${path}/${key}`, asked));
      return below.get(key);
    },
  });
}

function unknown(asked) {
  return asked.filter(({ value, fields }) => !Array.isArray(value) && fields.size > 0).flatMap(({ value, path, fields }) =>
    Object.keys(value).filter((key) => !fields.has(key)).map((key) => `${path}/${key}: unknown field`));
}

function check(item) {
  const Model = modelOf(item);
  const asked = [];
  const wrong = [];
  try {
    Model.prototype.validate.call(watched(item, '', asked));
  } catch (error) {
    wrong.push(error.message);
  }
  return [...wrong, ...unknown(asked)];
}

const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter((line) => line !== '');
process.stdout.write(lines.map((line) => JSON.stringify(check(JSON.parse(line))) + '\n').join(''));
