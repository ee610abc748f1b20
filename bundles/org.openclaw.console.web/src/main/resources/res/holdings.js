// What the node holds: agents by state, messages, bundles, memory and disk.

import {attr, h, keyed, s, show, text} from './dom.js';
import {bytes, count, duration, many} from './format.js';

const CONSOLE = '/system/console';
const STATES = ['active', 'passive', 'suspended', 'draining', 'quarantined', 'stranded'];

export function holdings() {
  const cards = [agents(), messages(), bundles(), machine()];
  const node = h(
    'section',
    {'aria-labelledby': 'holdings'},
    h('h2.unseen', {id: 'holdings'}, 'What runs'),
    h(
      'div.cards',
      {},
      cards.map((card) => card.node),
    ),
  );
  return {node, update: (status) => cards.forEach((card) => card.update(status))};
}

function card(title, link) {
  const figure = h('p.card-figure', {}, '–');
  const note = h('p.card-note', {}, '');
  const lines = h('ul.card-lines', {});
  const node = h('article.card', {}, h('h3', {}, h('a', {href: link}, title)), figure, note, lines);
  const rows = (list) =>
    keyed(
      lines,
      list.filter((row) => row.shown !== false),
      (row) => row.name,
      line,
      change,
    );
  return {node, figure, note, lines, rows};
}

/** A line of a card: a dot of its colour, a name that leads somewhere, a value. */
function line(row) {
  const dot = row.state ? [h(`span.dot.is-${row.state}`, {'aria-hidden': 'true'})] : [];
  return h('li', {}, row.link ? h('a', {href: row.link}, dot, row.name) : h('span', {}, dot, row.name), h('span.card-value', {}));
}

function change(node, row) {
  text(node.lastElementChild, row.value);
  node.classList.toggle('is-zero', row.value === '0');
}

function agents() {
  const made = card('Agents', `${CONSOLE}/agents`);
  const bar = h('div.bar', {'aria-hidden': 'true'});
  made.lines.before(bar);
  return {
    node: made.node,
    update({agents: all}) {
      text(made.figure, count(all.total));
      text(made.note, `of ${many(all.types, 'type')}`);
      const present = STATES.filter((state) => all[state] > 0);
      keyed(
        bar,
        present,
        (state) => state,
        (state) => h(`span.bar-part.is-${state}`),
        (part, state) => part.style.setProperty('flex-grow', all[state]),
      );
      show(bar, present.length > 0);
      made.rows(
        STATES.map((state) => ({
          name: state,
          state,
          value: count(all[state]),
          link: `${CONSOLE}/agents?state=${state}`,
          shown: all[state] > 0 || state === 'active' || state === 'passive',
        })),
      );
    },
  };
}

function messages() {
  const made = card('Messages', `${CONSOLE}/agents`);
  return {
    node: made.node,
    update({messages: all}) {
      text(made.figure, count(all.waiting + all.running));
      text(made.note, `under way: ${count(all.waiting)} waiting, ${count(all.running)} running`);
      made.rows([
        {name: 'accepted', value: count(all.accepted)},
        {name: 'turns', value: count(all.turns)},
        {name: 'failed turns', state: all.failed > 0 ? 'failed' : undefined, value: count(all.failed)},
        {
          name: 'dead letters',
          state: all.dead > 0 ? 'failed' : undefined,
          value: count(all.dead),
          link: `${CONSOLE}/dead-letters`,
        },
        {name: 'refused at the door', state: all.refused > 0 ? 'waiting' : undefined, value: count(all.refused)},
      ]);
    },
  };
}

function bundles() {
  const made = card('Bundles', `${CONSOLE}/deployments`);
  const link = (state) => `${CONSOLE}/deployments?state=${state}`;
  return {
    node: made.node,
    update({bundles: all}) {
      text(made.figure, count(all.serving));
      text(made.note, 'serving');
      made.rows([
        {name: 'refused', state: 'refused', value: count(all.refused), link: link('refused')},
        {name: 'flagged', state: 'flagged', value: count(all.flagged), link: link('flagged')},
        {name: 'superseded', state: 'superseded', value: count(all.superseded), link: link('superseded')},
        {name: 'arriving', state: 'arriving', value: count(all.arriving), link: link('arriving'), shown: all.arriving > 0},
      ]);
    },
  };
}

/** How much of something is used, as a bar. */
function meter(name) {
  const value = h('span.card-value', {});
  const used = s('rect', {height: 4, rx: 2});
  const node = h(
    'div.meter',
    {},
    h('p', {}, h('span', {}, name), value),
    s(
      'svg',
      {viewBox: '0 0 100 4', preserveAspectRatio: 'none', 'aria-hidden': 'true'},
      s('rect.meter-track', {width: 100, height: 4, rx: 2}),
      used,
    ),
  );
  return {
    node,
    update(share, words, tight) {
      text(value, words);
      attr(used, 'width', Math.max(0, Math.min(100, share * 100)).toFixed(1));
      attr(node, 'data-tight', tight);
    },
  };
}

function machine() {
  const made = card('Memory and disk', `${CONSOLE}/memoryusage`);
  const heap = meter('Heap');
  const disk = meter('Disk of data/');
  made.lines.before(heap.node, disk.node);
  return {
    node: made.node,
    update({process, disk: space}) {
      text(made.figure, bytes(process.rssBytes ?? process.heapUsedBytes + process.nonHeapUsedBytes));
      text(made.note, process.rssBytes ? 'resident' : 'of heap and other memory');
      heap.update(
        process.heapUsedBytes / process.heapMaxBytes,
        `${bytes(process.heapUsedBytes)} of ${bytes(process.heapMaxBytes)}`,
        process.heapUsedBytes / process.heapMaxBytes > 0.9,
      );
      const free = space.freeBytes / space.totalBytes;
      disk.update(1 - free, `${bytes(space.freeBytes)} free`, free < 0.05);
      made.rows([
        {name: 'CPU time', value: duration(process.cpuSeconds)},
        {name: 'threads', value: count(process.threads)},
      ]);
    },
  };
}
