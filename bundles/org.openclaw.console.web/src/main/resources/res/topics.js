// The page of topics: a list, one of them. Which one is in the URL.

import {Page} from './page.js';
import {topic} from './topic.js';
import {topicList} from './topic-list.js';

await new Page({list: topicList, topic}, (query) => (query.name ? 'topic' : 'list')).start();
