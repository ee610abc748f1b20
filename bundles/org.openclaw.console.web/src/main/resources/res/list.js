// A table whose rows come and go.

import {h, keyed, show, text} from './dom.js';
import {head} from './parts.js';

/**
 * A section with a title and a table.
 *
 * @param title what it holds
 * @param names of the columns; '#' begins the name of a column of numbers
 * @param nothing said when there is no row
 * @param key what tells one row from another
 * @param row makes a row
 * @param change brings a row up to date, where rows change
 */
export function list({title, names, nothing, key, row, change = () => {}}) {
  const heading = h('h2', {}, title);
  const rows = h('tbody', {});
  const table = h(
    'div.scroll',
    {tabindex: '0', role: 'region', 'aria-label': title},
    h('table.table', {}, h('caption.unseen', {}, title), head(names), rows),
  );
  const none = h('p.nothing', {}, nothing);
  const note = h('p.nothing', {hidden: true});
  const node = h('section', {}, h('div.section-head', {}, heading), h('div.panel', {}, table, none, note));

  /** Shows these items, under this title and with this note below them. */
  function update(items, {as = title, remark = ''} = {}) {
    text(heading, as);
    keyed(rows, items, key, row, change);
    show(table, items.length > 0);
    show(none, items.length === 0);
    text(note, remark);
    show(note, remark !== '');
  }
  return {node, update};
}
