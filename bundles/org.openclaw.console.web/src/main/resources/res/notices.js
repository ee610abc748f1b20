// What the page says of an action: a line that goes away by itself, a problem that stays until it is closed, and words
// for those who listen.

import {h, text} from './dom.js';

const STAYS = 6000;

const spoken = h('p.unseen', {role: 'status'});
const stack = h('div.notices', {});
document.body.append(spoken, stack);

/** Says something without showing it. */
export function announce(words) {
  text(spoken, '');
  requestAnimationFrame(() => text(spoken, words));
}

/** Shows that something was done. */
export function done(words) {
  const notice = h('p.notice', {role: 'status'}, words);
  stack.append(notice);
  setTimeout(() => notice.remove(), STAYS);
}

/** Shows what was refused or failed, in the words of whoever refused it. */
export function problem(failure) {
  const notice = h(
    'div.notice.notice-bad',
    {role: 'alert'},
    h('p', {}, failure.message),
    h('button.quiet-button', {type: 'button', onclick: () => notice.remove()}, 'Close'),
  );
  stack.append(notice);
}
