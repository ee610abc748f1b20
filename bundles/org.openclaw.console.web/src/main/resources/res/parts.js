// Small pieces that the pages share.

import {h, s} from './dom.js';
import {announce, problem} from './notices.js';

const ICONS = {
  copy: 'M5.5 5.500h7v7.500h-7zM10.500 5.500v-2.500h-7v7.500h2',
  check: 'm3.500 8.500 3 3 6-7',
  search: 'M7 2.800a4.200 4.200 0 1 0 0 8.400 4.200 4.200 0 0 0 0-8.400zM10.200 10.200 13.500 13.500',
  upload: 'M8 10.500v-7.500M5 5.800 8 2.800l3 3M2.800 10.500v2.700h10.400v-2.700',
  warning: 'M8 2.500 14.200 13.300H1.800zM8 6.500v3.200M8 11.500v.1',
  error: 'M8 1.800a6.200 6.200 0 1 0 0 12.400A6.200 6.200 0 0 0 8 1.800zM8 4.800v3.800M8 11v.1',
  open: 'm6 3.500 4.500 4.500L6 12.500',
};

export const icon = (name) => s('svg.icon', {viewBox: '0 0 16 16', 'aria-hidden': 'true'}, s('path', {d: ICONS[name]}));

/** A state as a coloured word. */
export const pill = (state, kind = state) => h(`span.pill.is-${kind}`, {}, state);

/** A button that copies a text. */
export function copyButton(content, what) {
  const button = h(
    'button.copy',
    {type: 'button', 'aria-label': `Copy ${what}`, title: `Copy ${what}`, onclick: copy},
    icon('copy'),
  );
  async function copy() {
    try {
      await navigator.clipboard.writeText(content);
    } catch {
      problem(new Error('The browser does not let this page copy. Select the text and copy it by hand.'));
      return;
    }
    button.replaceChildren(icon('check'));
    announce(`Copied ${what}`);
    setTimeout(() => button.replaceChildren(icon('copy')), 1500);
  }
  return button;
}

/** A long hexadecimal value, shortened, with a button for the whole of it. */
export function digest(hex, what) {
  return h(
    'span.digest',
    {},
    h('code', {title: hex}, hex.length > 20 ? `${hex.slice(0, 12)}…${hex.slice(-6)}` : hex),
    copyButton(hex, what),
  );
}

/** A receipt, shortened: where its message is, as the API says it. */
export const receipt = (id) =>
  h('a.receipt', {href: `/v1/messages/${encodeURIComponent(id)}`, title: `Receipt ${id}`}, id.length > 12 ? `${id.slice(0, 8).replace(/-$/, '')}…` : id);

/** A command in a sentence: in quotes, or from 'claw' on to where the sentence goes on or ends. */
const COMMAND = /'((?:\w+=\S+ )?claw [^']+)'|`([^`]+)`|((?:\w+=\S+ )?\bclaw [a-z].*?)(?=[,;)]|\.(?:\s|$)|\s(?:or|and)\s|$)/g;

/** A sentence whose commands can be copied, each by its button. */
export function sentence(words) {
  const parts = [];
  let end = 0;
  for (const found of words.matchAll(COMMAND)) {
    const command = found[1] ?? found[2] ?? found[3];
    parts.push(
      words.slice(end, found.index),
      h('span.command', {}, h('code', {}, command), copyButton(command, `the command ${command}`)),
    );
    end = found.index + found[0].length;
  }
  return [...parts, words.slice(end)];
}

/** What is shown where there is nothing: what that means, and what to do. */
export const empty = (title, ...content) => h('div.empty', {}, h('p.empty-title', {}, title), h('p', {}, content));

/** Names and values, one below the other. */
export const facts = (pairs) =>
  h(
    'dl.facts',
    {},
    pairs
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );

/** A table's head: names of columns; '#' begins that of a column of numbers, '.' one that is not shown. */
export const head = (names) =>
  h(
    'thead',
    {},
    h(
      'tr',
      {},
      names.map((name) =>
        h(
          name.startsWith('#') ? 'th.number' : 'th',
          {scope: 'col'},
          name.startsWith('.') ? h('span.unseen', {}, name.slice(1)) : name.replace('#', ''),
        ),
      ),
    ),
  );

/** Why somebody sees no buttons. */
export const readerHint = (who) =>
  h('p.hint', {}, `'${who.name}' may look and change nothing. To change something, log in with the token in conf/admin.token.`);
