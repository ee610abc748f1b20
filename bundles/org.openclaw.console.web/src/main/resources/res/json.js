// A JSON value for people: indented, its keys and kinds of values told apart, big parts folded.

import {h} from './dom.js';

const FOLDED = 12;
const DEEP = 4;

/** A place for a JSON value that may change: what was opened or closed in it stays so, and so does the focus. */
export function json() {
  const folds = new Map();
  const node = h('div.json', {tabindex: '0', role: 'group', 'aria-label': 'JSON'});

  function update(value) {
    const focused = node.contains(document.activeElement) ? document.activeElement.closest('details')?.dataset.path : undefined;
    node.replaceChildren(...part(value, [], '', folds).flat(Infinity));
    if (focused !== undefined)
      node.querySelector(`details[data-path="${CSS.escape(focused)}"] > summary`)?.focus({preventScroll: true});
  }
  return {node, update};
}

function part(value, path, after, folds) {
  if (value === null || typeof value !== 'object')
    return [h(`span.json-${value === null ? 'null' : typeof value}`, {}, JSON.stringify(value)), after];
  const list = Array.isArray(value);
  const entries = Object.entries(value);
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return [open + close + after];
  const lines = h(
    'ul',
    {},
    entries.map(([key, each], index) =>
      h(
        'li',
        {},
        list ? null : [h('span.json-key', {}, JSON.stringify(key)), ': '],
        part(each, [...path, key], index < entries.length - 1 ? ',' : '', folds),
      ),
    ),
  );
  if (path.length === 0) return [open, lines, close + after];
  const place = JSON.stringify(path);
  const unfolded = folds.get(place) ?? (entries.length <= FOLDED && path.length < DEEP);
  return [
    h(
      'details',
      {'data-path': place, open: unfolded, ontoggle: (event) => folds.set(place, event.target.open)},
      h('summary', {}, open, h('span.json-more', {}, ` ${entries.length} ${close}${after}`)),
      lines,
      close + after,
    ),
  ];
}
