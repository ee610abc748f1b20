// The capabilities that agents use: who provides each, and how it does. Below them what tenants and types get.

import {get} from './api.js';
import {fill, h} from './dom.js';
import {count, millis} from './format.js';
import {limitList} from './limit-list.js';
import {href} from './page.js';
import {empty, head, pill} from './parts.js';

const CIRCUITS = {closed: 'done', open: 'failed', 'half-open': 'suspended'};

/** Whether it is called, as a coloured word. */
export const circuit = ({state}) => pill(state, CIRCUITS[state] ?? 'info');

/** A provider with its version. */
export const provider = ({bundle, version}) => `${bundle} ${version}`;

/** How many calls are under way, of how many. */
export const running = ({running: now, limits}) => (limits.concurrent === 0 ? count(now) : `${count(now)} of ${count(limits.concurrent)}`);

export function capabilityList(page) {
  const content = h('div', {});
  const limits = limitList();
  return {
    node: h('div.stack', {}, content, limits.node),
    open: () => page.top({heading: 'Capabilities', lead: 'What plugins offer to agents, and what agents get of the node.'}),
    async load(signal) {
      const [offered, gotten] = await Promise.all([get('/capabilities', signal), get('/limits', signal)]);
      fill(content, offered.capabilities, table);
      limits.update(gotten.limits);
    },
  };
}

function table(all) {
  if (all.length === 0)
    return empty(
      'No capability is here yet.',
      'A bundle brings it: ',
      h('a', {href: '/system/console/deployments'}, 'deploy a signed jar'),
      '.',
    );
  return h(
    'div.panel',
    {},
    h(
      'div.scroll',
      {tabindex: '0', role: 'region', 'aria-label': 'Capabilities'},
      h(
        'table.table.types-table',
        {},
        h('caption.unseen', {}, 'Capabilities'),
        head(['Capability', 'Provider', 'Circuit', '#Running', '#Waiting', '#Calls', '#Failed', '#Refused', '#99 of 100 within']),
        h('tbody', {}, all.map(row)),
      ),
    ),
  );
}

const row = (found) =>
  h(
    'tr',
    {},
    h('th', {scope: 'row'}, h('a', {href: href({name: found.name})}, found.name)),
    h('td', {'data-label': 'Provider'}, found.providers.length === 0 ? pill('none', 'stranded') : provider(found.providers[0])),
    h('td', {'data-label': 'Circuit'}, circuit(found.circuit)),
    h('td.number', {'data-label': 'Running'}, running(found)),
    number('Waiting', found.waiting),
    number('Calls', found.calls),
    number('Failed', found.failures),
    number('Refused', found.refused),
    h('td.number', {'data-label': '99 of 100 within'}, millis(found.p99Millis)),
  );

const number = (label, value) => h('td.number', {'data-label': label}, count(value));
