// What every page of ours has: its head with the live indicator, views that each have a URL, and shortcuts.

import {get} from './api.js';
import {h, show, text} from './dom.js';
import './frame.js';
import {Live} from './live.js';
import {done, problem} from './notices.js';

const HEADING = 'heading';

/** The URL of this page with these parameters; empty ones are left out. */
export function href(parameters, path = location.pathname) {
  const query = new URLSearchParams(
    Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false),
  );
  // the slash and the comma of addresses and lists may stand in a query as they are
  const written = query.toString().replaceAll('%2F', '/').replaceAll('%2C', ',');
  return written === '' ? path : `${path}?${written}`;
}

/** A page of several views. A view is {node, open(query), load(signal)}; pick(query) names the one for a URL. */
export class Page {
  #live = new Live((failure) => this.#explain(failure));
  #views = {};
  #pick;
  #shown = '';
  #title;
  #heading = h('h1', {id: HEADING, tabindex: '-1'});
  #crumbs = h('nav.crumbs', {'aria-label': 'Where this is'});
  #badge = h('span.badge', {});
  #lead = h('p.lead', {});
  #actions = h('div.page-actions', {});
  #trouble = h('p.problem.page-trouble', {role: 'status', hidden: true});
  #body = h('div.page-body', {});
  /** Who looks: {name, role}. */
  who = {name: '', role: 'reader'};

  constructor(views, pick) {
    this.#views = views;
    this.#pick = pick;
    this.#title = document.title;
    document
      .getElementById('main')
      .append(
        h(
          'div.page-head',
          {},
          h('div.page-title', {}, this.#crumbs, h('div.page-name', {}, this.#heading, this.#badge), this.#lead),
          this.#actions,
          this.#live.node,
        ),
        this.#trouble,
        this.#body,
      );
    this.top({heading: this.#title.split(' - ')[0]});
    addEventListener('popstate', () => this.#show());
    document.addEventListener('click', (event) => this.#follow(event));
    document.addEventListener('keydown', shortcuts);
  }

  /** Whether the one who looks may change things. */
  get operator() {
    return this.admin || this.who.role === 'operator';
  }

  /** Whether they may also decide whom to trust, see bodies, and make agents forgotten. */
  get admin() {
    return this.who.role === 'admin';
  }

  /** Finds out who looks, then shows the view of the URL. */
  start() {
    return this.#live.follow(async (signal) => {
      this.who = await get('/subject', signal);
      this.#show();
    });
  }

  /** What stands at the top: where one is, the heading, a mark beside it, a line below it, buttons. */
  top({heading, crumbs = [], badge = [], lead = [], actions = []}) {
    if (this.#heading.textContent !== heading) {
      text(this.#heading, heading);
      document.title = heading === this.#title.split(' - ')[0] ? this.#title : `${heading} - ${this.#title}`;
    }
    this.#crumbs.replaceChildren(...[crumbs].flat(Infinity));
    this.#badge.replaceChildren(...[badge].flat(Infinity));
    this.#lead.replaceChildren(...[lead].flat(Infinity));
    this.#actions.replaceChildren(...[actions].flat(Infinity).filter((action) => action !== null));
  }

  /** Goes to a view of this page. */
  go(parameters, {replace = false} = {}) {
    const url = href(parameters);
    if (replace) history.replaceState(null, '', url);
    else history.pushState(null, '', url);
    this.#show(!replace);
  }

  /** Does something and says what came of it. */
  async act(words, change) {
    try {
      await change();
      this.settled(words);
    } catch (failure) {
      problem(failure);
      this.refresh();
    }
  }

  /** Says what has been done, and asks for what has become of it. */
  settled(words) {
    done(words);
    this.refresh();
  }

  refresh() {
    return this.#live.refresh();
  }

  /** What is shown is old while no answer comes: this says why. */
  #explain(failure) {
    show(this.#trouble, failure !== null);
    if (failure !== null) text(this.#trouble, failure.message);
    this.#body.classList.toggle('is-old', failure !== null);
  }

  #show(moved = false) {
    const query = Object.fromEntries(new URLSearchParams(location.search));
    const name = this.#pick(query);
    const other = name !== this.#shown;
    let view = this.#views[name];
    if (typeof view === 'function') view = this.#views[name] = view(this);
    view.open(query);
    if (other) {
      this.#shown = name;
      this.#body.replaceChildren(view.node);
      if (moved) {
        scrollTo(0, 0);
        this.#heading.focus({preventScroll: true});
      }
    }
    this.#live.follow((signal) => view.load(signal));
  }

  /** Links within this page change the view without loading the page again. */
  #follow(event) {
    const link = event.target.closest?.('a[href]');
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (
      !link ||
      !plain ||
      event.defaultPrevented ||
      link.pathname !== location.pathname ||
      link.hash !== '' ||
      link.origin !== location.origin
    )
      return;
    event.preventDefault();
    this.go(Object.fromEntries(new URLSearchParams(link.search)));
  }
}

/** A slash goes to the search field, wherever one is not writing. */
function shortcuts(event) {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  if (event.target.closest('input, textarea, select, [contenteditable]')) return;
  const search = document.querySelector('main input[type="search"]');
  if (search) {
    event.preventDefault();
    search.focus();
    search.select();
  }
}
