// The page of agents: a list, one agent, the types, one type. Which one is in the URL.

import {agent} from './agent.js';
import {agentList} from './agent-list.js';
import {Page} from './page.js';
import {type, types} from './types.js';

const pick = (query) => {
  if (query.agent) return 'agent';
  if (query.view === 'types') return query.name ? 'type' : 'types';
  return 'list';
};

await new Page({list: agentList, agent, types, type}, pick).start();
