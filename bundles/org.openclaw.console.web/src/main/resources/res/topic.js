// One topic: who has subscribed and how far they are, and what is retained.

import {get, Problem, remove} from './api.js';
import {ask} from './dialog.js';
import {attr, fill, h, show} from './dom.js';
import {bytes, count, time} from './format.js';
import {list} from './list.js';
import {href} from './page.js';
import {empty, facts, pill, readerHint} from './parts.js';

const LIMIT = 50;
const STATES = {active: 'done', held: 'suspended', ended: 'failed'};

export function topic(page) {
  const strip = h('div.strip', {});
  const subscriptions = list({
    title: 'Subscriptions',
    names: ['Subscription', 'For', 'State', '#Position', '#Behind', '#Outstanding', 'Filter', '.Actions'],
    nothing: 'Nobody has subscribed.',
    key: JSON.stringify,
    row: (each) => subscription(page, name, each),
  });
  const messages = list({
    title: 'Retained messages',
    names: ['#Sequence', 'Accepted', 'Type', 'Source', 'Subject'],
    nothing: 'None is retained.',
    key: ({sequence}) => sequence,
    row: message,
  });
  const first = h('a.button', {}, 'Oldest');
  const next = h('a.button', {}, 'Next page');
  const pages = h('nav.pages', {'aria-label': 'Pages'}, first, next);
  const here = h('div.stack', {}, strip, subscriptions.node, messages.node, pages);
  const gone = h('div', {});
  let name = '';
  let query = {};

  function open(asked) {
    if (name !== asked.name) [here, gone].forEach((part) => show(part, false));
    query = asked;
    name = asked.name;
    attr(first, 'href', href({name}));
    page.top({
      heading: name,
      crumbs: [h('a', {href: href({})}, 'Topics'), ' /'],
      actions: page.operator ? null : readerHint(page.who),
    });
  }

  async function load(signal) {
    const asked = query;
    const path = `/topics/${encodeURIComponent(asked.name)}`;
    const all = [
      get(path, signal),
      get(`${path}/subscriptions?limit=1000`, signal),
      get(href({limit: LIMIT, after: asked.after}, `${path}/messages`), signal),
    ];
    const found = await Promise.all(all).catch((failure) => {
      if (failure instanceof Problem && failure.status < 500) return failure;
      throw failure;
    });
    if (asked !== query) return;
    const there = !(found instanceof Problem);
    show(here, there);
    show(gone, !there);
    if (there) update(...found);
    else fill(gone, found.message, (words) => empty('It is not there.', words, ' ', h('a', {href: href({name})}, 'Show the oldest'), '.'));
  }

  function update(shown, subscribed, retained) {
    fill(strip, shown, summary);
    subscriptions.update(subscribed.subscriptions, {
      remark: subscribed.next === undefined ? '' : 'The first 1,000 are shown.',
    });
    messages.update(retained.messages, {
      remark: retained.messages.length === 0 && retained.next !== undefined ? 'There are more to look through: go on.' : '',
    });
    show(first, Boolean(query.after));
    show(next, retained.next !== undefined);
    attr(next, 'href', href({name, after: retained.next}));
  }

  return {node: h('div.stack', {}, gone, here), open, load};
}

const summary = (shown) =>
  facts([
    ['Retained', count(shown.retained)],
    ['Size', bytes(shown.bytes)],
    ['Oldest', time(shown.oldestAt)],
    ['Latest', time(shown.latestAt)],
    ['Published', count(shown.latest)],
    ['Subscriptions', count(shown.subscriptions)],
  ]);

/** Who gets a message: an agent, or the one that an attribute of it names. */
const receiver = ({agent, type, key}) =>
  agent ? h('a', {href: href({agent}, '/system/console/agents')}, agent) : [`${type}/`, h('code', {}, `{${key}}`)];

function subscription(page, topicName, each) {
  return h(
    'tr',
    {},
    h('td.long', {}, each.name, each.until === undefined ? null : h('span.quiet', {}, ` up to ${count(each.until)}`)),
    h('td.long', {}, receiver(each)),
    h('td', {}, pill(each.state, STATES[each.state] ?? 'info'), each.why ? h('span.quiet', {}, ` ${each.why}`) : null),
    h('td.number', {}, count(each.position)),
    h('td.number', {}, count(each.behind)),
    h('td.number', {}, count(each.outstanding)),
    h('td.long', {}, h('code', {}, JSON.stringify(each.filter))),
    h(
      'td.row-actions',
      {},
      page.operator
        ? h(
            'button.danger-quiet',
            {type: 'button', 'aria-label': `End the subscription ${each.name}`, onclick: () => ending(page, topicName, each)},
            'End',
          )
        : null,
    ),
  );
}

function ending(page, topicName, {name}) {
  ask({
    title: 'End this subscription?',
    content: h('p', {}, h('code', {}, name), ` gets nothing more of ${topicName}. What it has brought into inboxes stays there.`),
    action: 'End',
    danger: true,
    run: async () => {
      const path = name.split('/').map(encodeURIComponent).join('/');
      await remove(`/topics/${encodeURIComponent(topicName)}/subscriptions/${path}`);
      page.settled(`${name} gets nothing more of ${topicName}.`);
    },
  });
}

const message = ({sequence, acceptedAt, event}) =>
  h(
    'tr',
    {},
    h('td.number', {}, count(sequence)),
    h('td', {}, time(acceptedAt)),
    h('td.long', {}, h('code', {}, event.type)),
    h('td.long', {}, event.source),
    h('td.long', {}, event.subject ?? '–'),
  );
