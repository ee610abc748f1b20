// The page of dead letters: a list, one of them. Which one is in the URL.

import {letter} from './letter.js';
import {letterList} from './letter-list.js';
import {Page} from './page.js';

await new Page({list: letterList, letter}, (query) => (query.letter ? 'letter' : 'list')).start();
