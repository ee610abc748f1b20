// Agent types: which versions serve and are resident, and what messages they take.

import {get, post, Problem} from './api.js';
import {fill, h, show, text} from './dom.js';
import {count, many} from './format.js';
import {json} from './json.js';
import {href} from './page.js';
import {copyButton, digest, empty, facts, head, icon, pill, readerHint} from './parts.js';

/** The lists of the page. */
export const sections = (current) =>
  h(
    'nav.sections',
    {'aria-label': 'Agents, types and schemas'},
    [
      ['list', 'Agents', href({})],
      ['types', 'Types', href({view: 'types'})],
      ['schemas', 'Schemas', href({view: 'schemas'})],
    ].map(([name, label, link]) => h('a', {href: link, 'aria-current': name === current ? 'page' : null}, label)),
  );

/** Says of a suspended type what that means for its agents. */
export const suspendedType = (name) =>
  h(
    'div.obstacle',
    {role: 'note'},
    icon('warning'),
    h(
      'p',
      {},
      'The type ',
      h('a', {href: href({view: 'types', name})}, name),
      ' is suspended: none of its agents begins a turn, and their messages wait.',
    ),
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
            h('td', {'data-label': 'Serving'}, type.stranded ? pill('stranded') : type.serving, type.suspended ? [' ', pill('suspended')] : null),
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
  const badge = h('span', {});
  const suspend = h('button', {type: 'button', hidden: true, onclick: () => suspendOrResume(page, known)}, 'Suspend type');
  let name = '';
  let known = null;
  return {
    node: content,
    open(query) {
      if (name !== query.name) {
        fill(content, query.name, () => []);
        fill(badge, '', () => []);
        show(suspend, false);
      }
      name = query.name;
      page.top({
        heading: name,
        crumbs: [h('a', {href: href({view: 'types'})}, 'Agent types'), ' /'],
        badge,
        actions: page.operator ? suspend : readerHint(page.who),
      });
    },
    async load(signal) {
      const asked = name;
      const found = await get(`/types/${encodeURIComponent(asked)}`, signal).catch((failure) => {
        if (failure instanceof Problem && failure.status < 500) return {problem: failure.message};
        throw failure;
      });
      if (asked !== name) return;
      known = found;
      show(suspend, !found.problem);
      text(suspend, found.suspended ? 'Resume type' : 'Suspend type');
      fill(badge, found.suspended ? 'suspended' : '', (word) => (word === '' ? [] : pill(word)));
      fill(content, found, one);
    },
  };
}

function suspendOrResume(page, {name, suspended}) {
  page.act(suspended ? `The type ${name} goes on.` : `The type ${name} is suspended: messages to its agents wait.`, () =>
    post(`/types/${encodeURIComponent(name)}/${suspended ? 'resume' : 'suspend'}`),
  );
}

function one(found) {
  if (found.problem) return empty('It is not there.', found.problem);
  return [
    found.suspended ? suspendedType(found.name) : null,
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
