// The topics: what is retained of each, and how many have subscribed.

import {get} from './api.js';
import {attr, fill, h, show} from './dom.js';
import {bytes, count, time} from './format.js';
import {href} from './page.js';
import {empty, head, sentence} from './parts.js';

const LIMIT = 100;

export function topicList(page) {
  const content = h('div', {});
  const first = h('a.button', {}, 'First page');
  const next = h('a.button', {}, 'Next page');
  let query = {};

  function open(asked) {
    query = asked;
    attr(first, 'href', href({}));
    page.top({heading: 'Topics', lead: 'Where messages are published, for whoever has subscribed.'});
  }

  async function load(signal) {
    const found = await get(href({limit: LIMIT, after: query.after}, '/topics'), signal);
    fill(content, found.topics, table);
    show(first, Boolean(query.after));
    show(next, found.next !== undefined);
    attr(next, 'href', href({after: found.next}));
  }

  return {node: h('div.stack', {}, content, h('nav.pages', {'aria-label': 'Pages'}, first, next)), open, load};
}

function table(all) {
  if (all.length === 0)
    return empty('There is no topic yet.', 'One exists from its first message or subscription on. ', ...sentence("'claw topics publish'"), ' publishes.');
  return h(
    'div.panel',
    {},
    h(
      'div.scroll',
      {tabindex: '0', role: 'region', 'aria-label': 'Topics'},
      h(
        'table.table.types-table',
        {},
        h('caption.unseen', {}, 'Topics'),
        head(['Topic', '#Retained', '#Size', '#Published', 'Latest', '#Subscriptions']),
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
    h('td.number', {'data-label': 'Retained'}, count(found.retained)),
    h('td.number', {'data-label': 'Size'}, bytes(found.bytes)),
    h('td.number', {'data-label': 'Published'}, count(found.latest)),
    h('td', {'data-label': 'Latest'}, time(found.latestAt)),
    h('td.number', {'data-label': 'Subscriptions'}, count(found.subscriptions)),
  );
