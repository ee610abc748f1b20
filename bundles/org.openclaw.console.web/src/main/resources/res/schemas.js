// The schemas that agent types have ever brought: a list by pages, and one document. Everything chosen is in the URL.

import {get, Problem} from './api.js';
import {attr, fill, h, keyed, show, text} from './dom.js';
import {bytes, count, time} from './format.js';
import {json} from './json.js';
import {href} from './page.js';
import {copyButton, digest, empty, facts, head, pill} from './parts.js';
import {sections} from './types.js';

const LIMIT = 50;
const KINDS = {'': 'Messages and states', message: 'Messages', state: 'States'};

const here = (more) => href({view: 'schemas', ...more});

export function schemas(page) {
  const ofType = h('select', {'aria-label': 'Agent type'});
  const ofKind = h(
    'select',
    {'aria-label': 'Kind'},
    Object.entries(KINDS).map(([value, label]) => h('option', {value}, label)),
  );
  const rows = h('tbody', {});
  const table = h(
    'div.panel',
    {},
    h(
      'table.table.types-table',
      {},
      h('caption.unseen', {}, 'Schemas'),
      head(['Name', 'Kind', 'Agent type', 'First brought by', 'First seen', '#Size']),
      rows,
    ),
  );
  const none = h('div', {});
  const first = h('a.button', {}, 'First page');
  const next = h('a.button', {}, 'Next page');
  const place = h('p.quiet', {});
  const node = h(
    'div.stack',
    {},
    sections('schemas'),
    h('div.filters', {}, ofType, ofKind),
    table,
    none,
    h('nav.pages', {'aria-label': 'Pages'}, place, first, next),
  );
  let query = {};
  let names = [];

  ofType.addEventListener('change', () => page.go({...query, type: ofType.value, after: ''}));
  ofKind.addEventListener('change', () => page.go({...query, kind: ofKind.value, after: ''}));

  function open(asked) {
    query = asked;
    choose();
    ofKind.value = query.kind ?? '';
    attr(first, 'href', href({...query, after: ''}));
    page.top({
      heading: 'Schemas',
      lead: 'What messages and states look like, or ever did: kept by the digest of the text, also when their types have gone.',
    });
  }

  /** The type of the URL is chosen, though it may have gone. */
  function choose() {
    keyed(
      ofType,
      ['', ...new Set([...names, query.type ?? ''])],
      (name) => name,
      (name) => h('option', {value: name}, name === '' ? 'All types' : name),
      () => {},
    );
    ofType.value = query.type ?? '';
  }

  async function load(signal) {
    const {type, kind, after} = query;
    const [found, known] = await Promise.all([
      get(href({type, kind, limit: LIMIT, after}, '/schemas'), signal),
      get('/types', signal),
    ]);
    names = [...new Set([...known.types, ...found.schemas.map((each) => ({name: each.type}))].map((each) => each.name))].sort();
    choose();
    keyed(rows, found.schemas, (each) => `${each.type} ${each.kind} ${each.name} ${each.digest}`, row, () => {});
    show(table, found.schemas.length > 0);
    show(none, found.schemas.length === 0);
    if (found.schemas.length === 0) fill(none, [type, kind, after], nothing);
    show(first, Boolean(after));
    show(next, found.next !== undefined);
    attr(next, 'href', href({...query, after: found.next}));
    text(place, found.schemas.length === 0 ? '' : `${count(found.schemas.length)} shown`);
  }

  return {node, open, load};
}

const row = (entry) =>
  h(
    'tr',
    {},
    h('th', {scope: 'row'}, h('a', {href: here({digest: entry.digest, type: entry.type, name: entry.name})}, entry.name)),
    h('td', {'data-label': 'Kind'}, pill(entry.kind, 'info')),
    h('td', {'data-label': 'Agent type'}, entry.type),
    h('td', {'data-label': 'First brought by'}, entry.version),
    h('td', {'data-label': 'First seen'}, time(entry.firstSeen)),
    h('td.number', {'data-label': 'Size'}, bytes(entry.bytes)),
  );

const nothing = ([type, kind, after]) =>
  type || kind || after
    ? empty('There is no such schema.', 'Choose another type or kind, or ', h('a', {href: here({})}, 'show all'), '.')
    : empty(
        'No schema is here yet.',
        'An agent type brings them: ',
        h('a', {href: '/system/console/deployments'}, 'deploy a signed jar'),
        '.',
      );

export function schema(page) {
  const content = h('div.stack', {});
  let asked = {};
  let loaded = '';
  return {
    node: content,
    open(query) {
      if (asked.digest !== query.digest) {
        fill(content, null, () => []);
        loaded = '';
      }
      asked = query;
      page.top({heading: query.name || 'Schema', crumbs: [h('a', {href: here({type: query.type})}, 'Schemas'), ' /']});
    },
    async load(signal) {
      const hex = asked.digest;
      // a document never changes
      if (loaded === hex) return;
      const found = await get(`/schemas/${encodeURIComponent(hex)}`, signal).catch((failure) => {
        if (failure instanceof Problem) return {problem: failure.message};
        throw failure;
      });
      if (asked.digest !== hex) return;
      if (!found?.problem) loaded = hex;
      fill(content, [hex, found], one);
    },
  };
}

function one([hex, found]) {
  if (found?.problem) return empty('It cannot be shown.', found.problem);
  const view = json();
  view.update(found);
  return [
    h('div.strip', {}, facts([['Digest', digest(hex, 'the digest')]])),
    h(
      'section',
      {},
      h('div.section-head', {}, h('h2', {}, 'Document'), copyButton(JSON.stringify(found, null, 2), 'the schema')),
      h('div.panel', {}, view.node),
    ),
  ];
}
