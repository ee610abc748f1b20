// Asks again every two seconds while somebody looks: not while the page is hidden or paused, and ever more rarely while
// the server is away.

import {Away, Problem} from './api.js';
import {attr, h, text} from './dom.js';
import {moment} from './format.js';

const EVERY = 2000;
const MOST = 30_000;

/** One page's updates, and the indicator that says how they do. */
export class Live {
  #load = async () => {};
  #timer = 0;
  #abort = new AbortController();
  #failures = 0;
  #paused = false;
  #seen = null;
  #state = '';
  #tell;
  #label = h('span.live-label', {role: 'status'}, 'Connecting');
  #toggle = h(
    'button.live-toggle',
    {type: 'button', 'aria-label': 'Pause updates', onclick: () => this.#pause(!this.#paused)},
    'Pause',
  );
  /** The indicator. */
  node = h('div.live', {'data-state': 'connecting'}, h('span.live-dot', {'aria-hidden': 'true'}), this.#label, this.#toggle);

  /** tell(failure) hears why an answer did not come, and null when one did. */
  constructor(tell) {
    this.#tell = tell;
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#hide() : this.refresh()));
  }

  /** From now on asks for this: load(signal) gets and shows it. The promise ends with the first answer. */
  follow(load) {
    this.#load = load;
    return this.refresh();
  }

  /** Asks now, whatever the clock says. */
  refresh() {
    this.#rest();
    return this.#ask(new AbortController());
  }

  async #ask(abort) {
    this.#abort = abort;
    try {
      await this.#load(abort.signal);
      if (abort.signal.aborted) return;
      this.#failures = 0;
      this.#seen = new Date();
      this.#say(this.#paused ? 'paused' : 'live');
      this.#tell(null);
    } catch (failure) {
      if (abort.signal.aborted || failure.name === 'AbortError') return;
      this.#failures++;
      this.#say(this.#paused ? 'paused' : 'reconnecting');
      this.#tell(failure);
      if (!(failure instanceof Problem || failure instanceof Away)) console.error(failure);
    }
    if (!this.#paused && !document.hidden) {
      const wait = Math.min(MOST, EVERY * 2 ** Math.min(this.#failures, 4));
      this.#timer = setTimeout(() => this.#ask(new AbortController()), wait);
    }
  }

  #hide() {
    this.#rest();
    this.#say('paused');
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  #pause(paused) {
    this.#paused = paused;
    text(this.#toggle, paused ? 'Resume' : 'Pause');
    attr(this.#toggle, 'aria-label', paused ? 'Resume updates' : 'Pause updates');
    if (paused) {
      this.#rest();
      this.#say('paused');
    } else {
      this.refresh();
    }
  }

  /** Changes the words only when the state changes: they are read aloud. */
  #say(state) {
    if (this.#state === state) return;
    this.#state = state;
    attr(this.node, 'data-state', state);
    const since = this.#seen === null ? '' : `, as of ${moment(this.#seen.toISOString())}`;
    text(this.#label, {live: 'Live', reconnecting: `Reconnecting${since}`, paused: `Paused${since}`}[state]);
  }
}
