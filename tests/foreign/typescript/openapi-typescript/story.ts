import createClient from 'openapi-fetch';

import { check, key, knownEvent, oddUrl, passed, present, unknownEvent, url } from '../check';
import type { components, paths } from './generated/schema';

const orbit = createClient<paths>({ baseUrl: url, headers: { 'x-api-key': key } });

async function user(external_id: string, display_name: string): Promise<string> {
  const { data } = await orbit.POST('/app-users', { body: { external_id, display_name } });
  return present(data?.data, 'user').id;
}

const [alice, bob] = [await user('alice', 'Alice'), await user('bob', 'Bob')];
const header = { 'x-app-user-id': alice };

const token = await orbit.POST('/app-users/{user_id}/token', { params: { path: { user_id: alice } }, body: { ttl: 600 } });
check(present(token.data?.data, 'token').token.length > 0, 'the token is not empty');

const conversation = await orbit.POST('/conversations', {
  params: { header },
  body: { type: 'direct', participant_id: bob },
});
const conversation_id = present(conversation.data?.data, 'conversation').id;

const path = { conversation_id };
const body = { content: 'Hello', type: 'text', idempotency_key: 'once' };
const sent = await orbit.POST('/conversations/{conversation_id}/messages', { params: { path, header }, body });
const again = await orbit.POST('/conversations/{conversation_id}/messages', { params: { path, header }, body });
const message = present(sent.data?.data, 'message');
check(again.data?.data?.id === message.id, 'the second request sent nothing');

const messages = await orbit.GET('/conversations/{conversation_id}/messages', {
  params: { path, header, query: { limit: 10 } },
});
check(present(messages.data?.data, 'messages').map((each) => each.id).join() === message.id, 'one message');

const reacted = await orbit.POST('/messages/{message_id}/reactions', {
  params: { path: { message_id: message.id }, header },
  body: { reaction_type: '👍' },
});
check(reacted.response.ok, 'the reaction was added');

const call = await orbit.POST('/calls/initiate', { params: { header }, body: { callee_id: bob, type: 'video' } });
const call_id = present(call.data?.data, 'call').id;
const ended = await orbit.POST('/calls/{call_id}/end', { params: { path: { call_id }, header }, body: {} });
check(ended.data?.data?.status !== 'ringing', 'the call has ended');

const wallet = await orbit.GET('/wallet');
check(wallet.data?.data?.currency === 'USD', 'the wallet has a currency');

const webhook = await orbit.POST('/webhooks', { body: { url: 'https://example.com/hooks' } });
check(present(webhook.data?.data, 'webhook').id.length > 0, 'the webhook has an id');
passed('story');

const missing = await orbit.GET('/calls/{call_id}', { params: { path: { call_id: 'missing' }, header } });
check(missing.response.status === 404 && missing.error?.code === 'resource_not_found', 'the code is typed');
passed('error');

const odd = createClient<paths>({ baseUrl: oddUrl });
const unknown = await odd.GET('/calls/{call_id}', { params: { path: { call_id: 'odd' }, header } });
check(unknown.data?.data?.type === 'hologram' && unknown.data.data.status === 'teleported', 'unknown values are kept');
passed('enum');

const event = unknownEvent as components['schemas']['Event'];
const known = knownEvent as components['schemas']['MessageSentEvent'];
check(event.type === 'hologram.landed' && event.data['pad'] === 7, 'an unknown event is read');
check(known.data.message?.content === 'Hello', 'a known event is read');
passed('event');
