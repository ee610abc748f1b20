// Building and changing elements. Data goes in as text or as attributes, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

/** What elements were filled with, and the rows of lists, by their keys. */
const made = new WeakMap();
const rowsOf = new WeakMap();
const keys = new WeakMap();

/** An element: h('p.quiet', {title: 'x', onclick: f}, 'text', node, [more], null). */
export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  return furnish(document.createElement(name), classes, attributes, children);
}

/** The same for SVG. */
export function s(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  return furnish(document.createElementNS(SVG, name), classes, attributes, children);
}

function furnish(element, classes, attributes, children) {
  if (classes.length > 0) element.classList.add(...classes);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else attr(element, name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets an attribute if it is another one; null and false take it away. */
export function attr(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value === true ? '' : value);
  return element;
}

/** Sets the text of an element if it is another one, so that what is selected stays selected. */
export function text(element, value) {
  const wanted = value === null || value === undefined ? '' : String(value);
  if (element.textContent !== wanted) element.textContent = wanted;
  return element;
}

export function show(element, visible) {
  element.hidden = !visible;
  return element;
}

/** Puts this content into an element unless it was made from the same data the last time. */
export function fill(element, data, make) {
  const key = JSON.stringify(data) ?? '';
  if (made.get(element) === key) return;
  made.set(element, key);
  element.replaceChildren(...[make(data)].flat(Infinity).filter((child) => child !== null && child !== false));
}

/**
 * Brings the children of an element into agreement with a list. Elements of what stays are kept, and moved only if the
 * order asks for it: focus, selection and scroll positions survive an update.
 */
export function keyed(parent, items, keyOf, make, update) {
  const known = rowsOf.get(parent) ?? new Map();
  const rows = new Map();
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    if (rows.has(key)) continue;
    let row = known.get(key);
    if (row === undefined) {
      row = make(item);
      parent.insertBefore(row, place);
    } else {
      while (place !== row && place !== null && !wanted(place, items, keyOf)) {
        const gone = place;
        place = place.nextElementSibling;
        gone.remove();
      }
      if (place === row) place = place.nextElementSibling;
      else parent.insertBefore(row, place);
    }
    keys.set(row, key);
    rows.set(key, row);
    update(row, item);
  }
  for (const [key, row] of known) if (!rows.has(key)) row.remove();
  rowsOf.set(parent, rows);
}

function wanted(row, items, keyOf) {
  return items.some((item) => keyOf(item) === keys.get(row));
}

/** Calls a function once things have been quiet for some milliseconds. */
export function debounced(millis, call) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...values), millis);
  };
}
