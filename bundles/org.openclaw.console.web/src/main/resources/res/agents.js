// The page of agents: a list, one agent, the types, one type, the schemas, one schema. Which one is in the URL.

import {agent} from './agent.js';
import {agentList} from './agent-list.js';
import {Page} from './page.js';
import {schema, schemas} from './schemas.js';
import {type, types} from './types.js';

const pick = (query) => {
  if (query.agent) return 'agent';
  if (query.view === 'types') return query.name ? 'type' : 'types';
  if (query.view === 'schemas') return query.digest ? 'schema' : 'schemas';
  return 'list';
};

await new Page({list: agentList, agent, types, type, schemas, schema}, pick).start();
