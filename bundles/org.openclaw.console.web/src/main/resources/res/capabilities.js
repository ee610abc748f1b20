// The page of capabilities: a list, one of them. Which one is in the URL.

import {capability} from './capability.js';
import {capabilityList} from './capability-list.js';
import {Page} from './page.js';

await new Page({list: capabilityList, capability}, (query) => (query.name ? 'capability' : 'list')).start();
