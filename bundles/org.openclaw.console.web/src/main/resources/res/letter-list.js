// The messages that were set aside, by pages. Everything chosen is in the URL.

import {get} from './api.js';
import {attr, h, keyed, show, text} from './dom.js';
import {count, time} from './format.js';
import {discarding, redrive, redrivingAll} from './letters.js';
import {href} from './page.js';
import {empty, head, readerHint, sentence} from './parts.js';

const LIMIT = 50;
/** A page looks at a part of the letters at a time; this often it is asked to go on for one page. */
const GOES = 8;

export function letterList(page) {
  const ofType = h('select', {'aria-label': 'Agent type'});
  const rows = h('tbody', {});
  const table = h(
    'div.panel',
    {},
    h(
      'table.table.letters-table',
      {},
      h('caption.unseen', {}, 'Dead letters'),
      head(['Message', 'Agent', 'Set aside', 'Cause', '#Attempts', '.Actions']),
      rows,
    ),
  );
  const none = h('div', {});
  const first = h('a.button', {}, 'First page');
  const next = h('a.button', {}, 'Next page');
  const place = h('p.quiet', {});
  const all = h('button', {type: 'button', hidden: true, onclick: () => redrivingAll(page, shown)}, 'Redrive all shown');
  const node = h(
    'div.stack',
    {},
    h('div.filters', {}, ofType),
    table,
    none,
    h('nav.pages', {'aria-label': 'Pages'}, place, first, next),
  );
  let query = {};
  let names = [];
  let shown = [];

  ofType.addEventListener('change', () => page.go({type: ofType.value}));

  function open(asked) {
    query = asked;
    choose();
    attr(first, 'href', href({...query, after: ''}));
    page.top({
      heading: 'Dead letters',
      lead: 'Messages that were set aside because their turns failed, until somebody redrives or discards them.',
      actions: page.operator ? all : readerHint(page.who),
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
    shown = found.letters;
    keyed(
      rows,
      shown,
      (each) => `${each.receipt} ${each.deadAt}`,
      (each) => row(page, each),
      () => {},
    );
    show(table, shown.length > 0);
    show(all, shown.length > 0);
    if (shown.length === 0) none.replaceChildren(nothing(query, found.next));
    show(none, shown.length === 0);
    show(first, Boolean(query.after));
    show(next, found.next !== undefined);
    attr(next, 'href', href({...query, after: found.next}));
    const whole = query.type || query.after ? '' : `, ${count(status.messages.dead)} in all`;
    text(place, shown.length === 0 ? '' : `${count(shown.length)} shown${whole}`);
  }

  return {node, open, load};
}

/** A page of letters; goes on asking while it is short and there may be more. */
async function pageOf({type, after}, signal) {
  const letters = [];
  let from = after;
  for (let go = 0; go < GOES; go++) {
    const part = await get(href({type, limit: LIMIT - letters.length, after: from}, '/dead-letters'), signal);
    letters.push(...part.deadLetters);
    from = part.next;
    if (from === undefined || letters.length >= LIMIT) break;
  }
  return {letters, next: from};
}

function row(page, letter) {
  const last = letter.attempts.at(-1);
  const named = `${letter.type} to ${letter.to}`;
  return h(
    'tr',
    {},
    h('th', {scope: 'row'}, h('a.address', {href: href({letter: letter.receipt})}, letter.type)),
    h('td.long', {'data-label': 'Agent'}, h('a', {href: href({agent: letter.to}, '/system/console/agents')}, letter.to)),
    h('td', {'data-label': 'Set aside'}, time(letter.deadAt)),
    h('td.long', {'data-label': 'Cause'}, last.cause),
    h('td.number', {'data-label': 'Attempts'}, count(letter.failures)),
    h(
      'td.row-actions',
      {},
      page.operator
        ? [
            h('button', {type: 'button', 'aria-label': `Redrive ${named}`, onclick: () => redrive(page, letter)}, 'Redrive'),
            h(
              'button.danger-quiet',
              {type: 'button', 'aria-label': `Discard ${named}`, onclick: () => discarding(page, letter)},
              'Discard',
            ),
          ]
        : null,
    ),
  );
}

function nothing(query, more) {
  if (more !== undefined) return empty('Nothing found so far.', 'There are more to look through: go on with the next page.');
  if (query.type || query.after)
    return empty('There is no such dead letter.', 'Choose another type, or ', h('a', {href: href({})}, 'show all'), '.');
  return empty(
    'No message is set aside.',
    'All that was accepted has been handled, waits, or is being tried again. A message whose turns fail as often as its agent type',
    ' allows comes here with the causes, and stays until somebody redrives or discards it. ',
    ...sentence("'claw dead'"),
    ' shows the same.',
  );
}
