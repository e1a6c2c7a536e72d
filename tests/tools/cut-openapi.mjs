// Cuts GitHub's API description down to the paths named on the command line, with all that they refer to: loading the
// whole of it takes Prism 17 seconds. Usage: node cut-openapi.mjs OUTPUT PREFIX PATH…; an enterprise server has /api/v3 before its paths.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [output, prefix, ...paths] = process.argv.slice(2);
const file = createRequire(import.meta.url).resolve('@octokit/openapi').replace(/index\.js$/, 'generated/api.github.com.json');
const whole = JSON.parse(readFileSync(file, 'utf8'));
const cut = { openapi: whole.openapi, info: whole.info, servers: whole.servers, paths: {}, components: {} };

function take(node) {
  if (Array.isArray(node)) return node.forEach(take);
  if (node === null || typeof node !== 'object') return;
  if (typeof node.$ref === 'string') {
    const [, , kind, name] = node.$ref.split('/');
    cut.components[kind] ??= {};
    if (name in cut.components[kind]) return;
    cut.components[kind][name] = whole.components[kind][name];
    take(cut.components[kind][name]);
    return;
  }

  for (const [key, value] of Object.entries(node)) if (key !== 'examples' && key !== 'example') take(value);
}

// Examples only make it longer.
function bare(node) {
  if (Array.isArray(node)) return node.map(bare);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).filter(([key]) => key !== 'examples').map(([key, value]) => [key, bare(value)]));
}

for (const path of paths) {
  if (!(path in whole.paths)) throw new Error(`GitHub describes no path ${path}`);
  cut.paths[prefix + path] = whole.paths[path];
}

take(cut.paths);
writeFileSync(output, JSON.stringify(bare(cut)));
