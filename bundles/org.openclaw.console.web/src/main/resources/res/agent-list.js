// The agents, with search, filters and pages. Everything chosen is in the URL.

import {agentPath, get, put} from './api.js';
import {ask, field} from './dialog.js';
import {attr, debounced, fill, h, keyed, show, text} from './dom.js';
import {count, time} from './format.js';
import {href} from './page.js';
import {empty, head, icon, pill, readerHint} from './parts.js';
import {sections, suspendedType} from './types.js';

const STATES = ['active', 'passive', 'suspended', 'draining', 'quarantined', 'stranded', 'retired'];
const LIMIT = 50;
/** The search looks at a part of the agents at a time; this often it is asked to go on for one page. */
const GOES = 8;

export function agentList(page) {
  const search = h('input', {
    type: 'search',
    placeholder: 'Search by type or key',
    'aria-label': 'Search agents',
    'aria-keyshortcuts': '/',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const ofType = h('select', {'aria-label': 'Type'});
  const ofState = STATES.map((state) =>
    h('a', {'data-state': state}, h(`span.dot.is-${state}`, {'aria-hidden': 'true'}), state, h('span.choice-count', {})),
  );
  const rows = h('tbody', {});
  const table = h(
    'div.panel',
    {},
    h(
      'table.table.agents-table',
      {},
      h('caption.unseen', {}, 'Agents'),
      head(['Agent', 'State', 'Version', '#Waiting', '#Turns', '#Failures', 'Last turn']),
      rows,
    ),
  );
  const none = h('div', {});
  const held = h('div.stack', {});
  const first = h('a.button', {}, 'First page');
  const next = h('a.button', {}, 'Next page');
  const place = h('p.quiet', {});
  const node = h(
    'div.stack',
    {},
    sections('list'),
    held,
    h(
      'div.filters',
      {},
      h('label.search', {}, icon('search'), search, h('kbd', {'aria-hidden': 'true'}, '/')),
      ofType,
      h('div.choice', {role: 'group', 'aria-label': 'State'}, ofState),
    ),
    table,
    none,
    h('nav.pages', {'aria-label': 'Pages'}, place, first, next),
  );
  let query = {};
  let names = [];

  search.addEventListener(
    'input',
    debounced(250, () => page.go({...query, q: search.value.trim(), after: ''}, {replace: true})),
  );
  ofType.addEventListener('change', () => page.go({...query, type: ofType.value, after: ''}));

  function open(asked) {
    query = asked;
    const wanted = new Set((query.state ?? '').split(',').filter((state) => state !== ''));
    if (document.activeElement !== search) search.value = query.q ?? '';
    choose();
    for (const link of ofState) {
      const state = link.dataset.state;
      const others = wanted.has(state) ? [...wanted].filter((each) => each !== state) : [...wanted, state];
      attr(link, 'href', href({...query, state: others.join(','), after: ''}));
      attr(link, 'aria-current', wanted.has(state) ? 'true' : null);
    }
    attr(first, 'href', href({...query, after: ''}));
    page.top({
      heading: 'Agents',
      actions: page.operator
        ? h('button.primary', {type: 'button', onclick: () => create(page)}, 'Create agent')
        : readerHint(page.who),
    });
  }

  /** The type of the URL is chosen, though it may not be among those that there are. */
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
    const [found, status, known] = await Promise.all([pageOf(query, signal), get('/status', signal), get('/types', signal)]);
    names = known.types.map((each) => each.name);
    choose();
    const suspended = known.types.filter((each) => each.suspended && [undefined, '', each.name].includes(query.type));
    fill(held, suspended.map((each) => each.name), (types) => types.map(suspendedType));
    show(held, suspended.length > 0);
    for (const link of ofState) {
      const number = status.agents[link.dataset.state];
      text(link.lastElementChild, number > 0 ? count(number) : '');
      // the retired ones are not counted, and listed only when asked for
      show(link, number > 0 || link.dataset.state === 'retired' || link.hasAttribute('aria-current'));
    }
    keyed(rows, found.agents, (each) => each.address, row, change);
    show(table, found.agents.length > 0);
    if (found.agents.length === 0) none.replaceChildren(nothing(query, known.types, found.next));
    show(none, found.agents.length === 0);
    show(first, Boolean(query.after));
    show(next, found.next !== undefined);
    attr(next, 'href', href({...query, after: found.next}));
    text(
      place,
      found.agents.length === 0
        ? ''
        : `${count(found.agents.length)} shown${filtered(query) ? '' : `, ${count(status.agents.total)} in all`}`,
    );
  }

  return {node, open, load};
}

const filtered = (query) => Boolean(query.q || query.type || query.state || query.after);

/** A page of agents; goes on asking while it is short and there may be more. */
async function pageOf({q, type, state, after}, signal) {
  const agents = [];
  let from = after;
  for (let go = 0; go < GOES; go++) {
    const part = await get(href({type, state, q, limit: LIMIT - agents.length, after: from}, '/agents'), signal);
    agents.push(...part.agents);
    from = part.next;
    if (from === undefined || agents.length >= LIMIT) break;
  }
  return {agents, next: from};
}

function row({address, type, key}) {
  return h(
    'tr',
    {},
    h('th', {scope: 'row'}, h('a.address', {href: href({agent: address})}, h('span.quiet', {}, `${type}/`), key)),
    h('td', {'data-label': 'State'}, pill('')),
    h('td', {'data-label': 'Version'}),
    h('td.number', {'data-label': 'Waiting'}),
    h('td.number', {'data-label': 'Turns'}),
    h('td.number', {'data-label': 'Failures'}),
    h('td', {'data-label': 'Last turn'}),
  );
}

function change(node, agent) {
  const [, state, version, waiting, turns, failures, last] = node.children;
  if (state.textContent !== agent.state) state.replaceChildren(pill(agent.state));
  text(version, agent.version ?? '–');
  figure(waiting, agent.waiting);
  figure(turns, agent.turns);
  figure(failures, agent.failures).classList.toggle('is-bad', agent.failures > 0);
  if (last.dataset.at !== (agent.lastTurnAt ?? '')) {
    last.dataset.at = agent.lastTurnAt ?? '';
    last.replaceChildren(time(agent.lastTurnAt));
  }
}

function figure(cell, value) {
  text(cell, count(value)).classList.toggle('quiet', value === 0);
  return cell;
}

function nothing(query, types, more) {
  if (more !== undefined) return empty('Nothing found so far.', 'There are more agents to look through: go on with the next page.');
  if (filtered(query))
    return empty(
      'No agent is like that.',
      'Search for a part of its type or key, or ',
      h('a', {href: href({})}, 'show all agents'),
      '.',
    );
  if (types.length === 0)
    return empty(
      'No agent type is here yet.',
      'A bundle brings it: ',
      h('a', {href: '/system/console/deployments'}, 'deploy a signed jar'),
      '.',
    );
  return empty(
    'No agent exists yet.',
    `An agent exists from its first message, such as one to ${types[0].name}/first; or create one.`,
  );
}

async function create(page) {
  const {types} = await get('/types');
  const serving = types.filter((type) => type.serving);
  if (serving.length === 0) {
    ask({
      title: 'Create an agent',
      content: h('p', {}, 'No agent type serves. Deploy a bundle that brings one first.'),
      action: 'To the bundles',
      run: () => location.assign('/system/console/deployments'),
    });
    return;
  }
  ask({
    title: 'Create an agent',
    content: [
      field(
        'Type',
        h(
          'select',
          {name: 'type'},
          serving.map(({name}) => h('option', {value: name}, name)),
        ),
      ),
      field(
        'Key',
        h('input', {
          name: 'key',
          required: true,
          autofocus: true,
          maxlength: 200,
          autocomplete: 'off',
          autocapitalize: 'none',
          spellcheck: 'false',
        }),
        'What it is for, such as a service or a customer. Its address is type/key.',
      ),
    ],
    action: 'Create',
    run: async (form) => {
      const made = await put(agentPath(`${form.get('type')}/${form.get('key').trim()}`));
      page.go({agent: made.address});
    },
  });
}
