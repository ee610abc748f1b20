// Agent types: which versions serve and are resident, and what messages they take.

import {get, Problem} from './api.js';
import {fill, h, show} from './dom.js';
import {count, many} from './format.js';
import {json} from './json.js';
import {href} from './page.js';
import {copyButton, digest, empty, facts, head, pill} from './parts.js';

/** The two lists of the page. */
export const sections = (current) =>
  h(
    'nav.sections',
    {'aria-label': 'Agents and types'},
    [
      ['list', 'Agents', href({})],
      ['types', 'Types', href({view: 'types'})],
    ].map(([name, label, link]) => h('a', {href: link, 'aria-current': name === current ? 'page' : null}, label)),
  );

export function types(page) {
  const content = h('div', {});
  return {
    node: h('div.stack', {}, sections('types'), content),
    open: () => page.top({heading: 'Agent types'}),
    async load(signal) {
      fill(content, (await get('/types', signal)).types, table);
    },
  };
}

function table(all) {
  if (all.length === 0)
    return empty(
      'No agent type is here yet.',
      'A bundle brings it: ',
      h('a', {href: '/system/console/deployments'}, 'deploy a signed jar'),
      '.',
    );
  return h(
    'div.panel',
    {},
    h(
      'table.table.types-table',
      {},
      h('caption.unseen', {}, 'Agent types'),
      head(['Type', 'Serving', 'Also resident', 'Messages', '#Agents']),
      h(
        'tbody',
        {},
        all.map((type) =>
          h(
            'tr',
            {},
            h('th', {scope: 'row'}, h('a', {href: href({view: 'types', name: type.name})}, type.name)),
            h('td', {'data-label': 'Serving'}, type.stranded ? pill('stranded') : type.serving),
            h('td', {'data-label': 'Also resident'}, type.resident.filter((version) => version !== type.serving).join(', ') || '–'),
            h(
              'td.names',
              {'data-label': 'Messages'},
              type.messages.map((message) => h('code', {}, message.type.replace(`${type.name}.`, ''))),
            ),
            h('td.number', {'data-label': 'Agents'}, h('a', {href: href({type: type.name})}, count(type.agents))),
          ),
        ),
      ),
    ),
  );
}

export function type(page) {
  const content = h('div.stack', {});
  let name = '';
  return {
    node: content,
    open(query) {
      if (name !== query.name) content.replaceChildren();
      name = query.name;
      page.top({heading: name, crumbs: [h('a', {href: href({view: 'types'})}, 'Agent types'), ' /']});
    },
    async load(signal) {
      const found = await get(`/types/${encodeURIComponent(name)}`, signal).catch((failure) => {
        if (failure instanceof Problem && failure.status < 500) return {problem: failure.message};
        throw failure;
      });
      fill(content, found, one);
    },
  };
}

function one(found) {
  if (found.problem) return empty('It is not there.', found.problem);
  return [
    found.stranded
      ? h('div.obstacle', {}, h('p', {}, 'No installed version can run it: its messages wait. Deploy a bundle that brings it.'))
      : null,
    h(
      'div.strip',
      {},
      facts([
        ['Serving', found.serving ?? 'none'],
        ['Resident', found.resident.join(', ') || 'none'],
        ['Agents', h('a', {href: href({type: found.name})}, many(found.agents, 'agent'))],
      ]),
    ),
    h(
      'section',
      {},
      h('div.section-head', {}, h('h2', {}, 'Messages')),
      h(
        'div.panel',
        {},
        found.messages.map((message) => schema(message.type, message.query ? 'query' : null, message)),
      ),
    ),
    found.state
      ? h('section', {}, h('div.section-head', {}, h('h2', {}, 'State')), h('div.panel', {}, schema('State', null, found.state)))
      : null,
  ];
}

const schema = (name, kind, {digest: hex, schema: content}) =>
  h(
    'details.schema',
    {},
    h('summary', {}, h('code', {}, name), kind ? pill(kind, 'info') : null),
    h(
      'div.schema-tools',
      {},
      h('span.quiet', {}, 'Schema '),
      digest(hex, 'the digest'),
      copyButton(JSON.stringify(content, null, 2), 'the schema'),
    ),
    shown(content),
  );

function shown(content) {
  const view = json();
  view.update(content);
  return view.node;
}
