// What the tenant and the agent types get of the node: turns at once and a second, what holds them, and who waits.

import {fill, h, keyed, show, text} from './dom.js';
import {count} from './format.js';
import {href} from './page.js';
import {head, pill} from './parts.js';

const AGENTS = '/system/console/agents';
const TITLE = 'Tenants and types';
const BOUNDS = {concurrent: 'turns at once', perSecond: 'turns a second'};

/** A section with a row for each; update(limits) shows these. */
export function limitList() {
  const rows = h('tbody', {});
  const table = h(
    'div.scroll',
    {tabindex: '0', role: 'region', 'aria-label': TITLE},
    h(
      'table.table.types-table',
      {},
      h('caption.unseen', {}, TITLE),
      head(['Name', 'Of', '#Weight', '#Running', '#A second', '#Waiting', 'Held by', 'Who waits']),
      rows,
    ),
  );
  const none = h('p.nothing', {}, 'None has a weight, a bound, or a turn under way or waiting.');
  return {
    node: h('section', {}, h('div.section-head', {}, h('h2', {}, TITLE)), h('div.panel', {}, table, none)),
    update(limits) {
      keyed(rows, limits, (each) => `${each.of} ${each.name}`, row, change);
      show(table, limits.length > 0);
      show(none, limits.length === 0);
    },
  };
}

const row = ({of, name}) =>
  h(
    'tr',
    {},
    h('th', {scope: 'row'}, of === 'type' ? h('a', {href: href({view: 'types', name}, AGENTS)}, name) : name),
    h('td', {'data-label': 'Of'}, of),
    h('td.number', {'data-label': 'Weight'}),
    h('td.number', {'data-label': 'Running'}),
    h('td.number', {'data-label': 'A second'}),
    h('td.number', {'data-label': 'Waiting'}),
    h('td', {'data-label': 'Held by'}),
    h('td.long', {'data-label': 'Who waits'}, h('div.names', {}), h('span.quiet', {})),
  );

function change(node, limits) {
  const [weight, running, perSecond, waiting, heldBy, who] = [...node.children].slice(2);
  text(weight, count(limits.weight));
  text(running, limits.concurrent === undefined ? count(limits.running) : `${count(limits.running)} of ${count(limits.concurrent)}`);
  text(perSecond, limits.perSecond === undefined ? 'any' : count(limits.perSecond));
  text(waiting, count(limits.waiting));
  fill(heldBy, limits.heldBy ?? '', (bound) => (bound === '' ? '–' : pill(BOUNDS[bound] ?? bound, 'suspended')));
  const [named, more] = who.children;
  keyed(named, limits.waiters, (address) => address, waiter, () => {});
  show(named, limits.waiters.length > 0);
  text(more, others(limits));
}

const waiter = (address) => h('a', {href: href({agent: address}, AGENTS)}, address);

/** How many wait who are not named: only some are, and those of other tenants never. */
function others({waiting, waiters}) {
  const left = waiting - waiters.length;
  if (left <= 0) return waiting === 0 ? '–' : '';
  return waiters.length === 0 ? 'agents of other tenants' : `and ${count(left)} more`;
}
