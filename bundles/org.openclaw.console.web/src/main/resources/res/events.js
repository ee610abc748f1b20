// What happened last.

import {attr, h, keyed, show, text} from './dom.js';
import {count, time} from './format.js';
import {href} from './page.js';
import {empty} from './parts.js';

const FEW = 12;
const CONSOLE = '/system/console';
const SHOWN = [
  ['', 'All'],
  ['warning', 'Warnings and errors'],
  ['error', 'Errors'],
];
const RANK = {info: 0, warning: 1, error: 2};

/** Where the subject of an event is looked at. */
function place({kind, subject}) {
  if (/^(agent|turn)\./.test(kind) && subject.includes('/') && kind !== 'agent.purged')
    return `${CONSOLE}/agents?agent=${subject.split('/').map(encodeURIComponent).join('/')}`;
  if (kind.startsWith('capability.')) return `${CONSOLE}/capabilities?name=${encodeURIComponent(subject)}`;
  if (kind.startsWith('type.')) return `${CONSOLE}/agents?view=types&name=${encodeURIComponent(subject)}`;
  if (kind.startsWith('bundle.') && subject.endsWith('.jar')) return `${CONSOLE}/deployments?file=${encodeURIComponent(subject)}`;
  if (kind === 'bundle.pinned' || kind === 'bundle.unpinned') return `${CONSOLE}/deployments?view=versions`;
  if (kind === 'trust.changed') return `${CONSOLE}/deployments?view=trust`;
  return null;
}

export function events(page) {
  const list = h('ol.events', {});
  const nothing = empty('Nothing has happened yet.', 'Events of agents, bundles and trust appear here.');
  const more = h('button.more', {type: 'button', onclick: () => page.go({...current, events: 'all'}, {replace: true})}, '');
  const choice = SHOWN.map(([value, name]) => h('a', {'data-value': value}, name));
  const node = h(
    'section',
    {'aria-labelledby': 'events'},
    h(
      'div.section-head',
      {},
      h('h2', {id: 'events'}, 'Last events'),
      h('div.choice.push', {role: 'group', 'aria-label': 'Which events'}, choice),
    ),
    h('div.panel', {}, list, nothing, more),
  );
  let current = {};
  let known = [];

  function open(query) {
    current = query;
    for (const link of choice) {
      attr(link, 'href', href({...query, severity: link.dataset.value}));
      attr(link, 'aria-current', link.dataset.value === (query.severity ?? '') ? 'true' : null);
    }
    draw();
  }

  function draw() {
    const severe = known.filter((event) => RANK[event.severity] >= (RANK[current.severity] ?? 0));
    const visible = current.events === 'all' ? severe : severe.slice(0, FEW);
    keyed(
      list,
      visible,
      (event) => event.id,
      row,
      () => {},
    );
    show(nothing, severe.length === 0);
    show(more, visible.length < severe.length);
    text(more, `Show all ${count(severe.length)}`);
  }

  return {
    node,
    open,
    update(status) {
      known = identified(status.events);
      draw();
    },
  };
}

/** The same event twice in one moment is two events. */
function identified(events) {
  const seen = new Map();
  return [...events]
    .reverse()
    .map((event) => {
      const what = `${event.at} ${event.kind} ${event.subject} ${event.text}`;
      seen.set(what, (seen.get(what) ?? 0) + 1);
      return {...event, id: `${what} ${seen.get(what)}`};
    })
    .reverse();
}

function row(event) {
  const where = place(event);
  return h(
    `li.event.is-${event.severity}`,
    {},
    time(event.at),
    h(
      `span.dot.is-${event.severity}`,
      {title: event.severity},
      event.severity === 'info' ? null : h('span.unseen', {}, event.severity),
    ),
    h('code.event-kind', {}, event.kind),
    h('p', {}, event.text),
    where ? h('a.event-link', {href: where}, event.subject) : h('span.event-link', {}, event.subject),
  );
}
