import { check, key, knownEvent, oddUrl, passed, present, unknownEvent, url } from '../check';
import { client } from './generated/client.gen';
import {
  createAppUser,
  createConversation,
  createUserToken,
  createWebhook,
  endCall,
  getCall,
  getWallet,
  initiateCall,
  listMessages,
  reactToMessage,
  sendMessage,
} from './generated/sdk.gen';
import type { Event, MessageSentEvent } from './generated/types.gen';

client.setConfig({ baseUrl: url, auth: key });

async function user(external_id: string, display_name: string): Promise<string> {
  const { data } = await createAppUser({ body: { external_id, display_name } });
  return present(data?.data, 'user').id;
}

const [alice, bob] = [await user('alice', 'Alice'), await user('bob', 'Bob')];
const headers = { 'x-app-user-id': alice };

const token = await createUserToken({ path: { user_id: alice }, body: { ttl: 600 } });
check(present(token.data?.data, 'token').token.length > 0, 'the token is not empty');

const conversation = await createConversation({ headers, body: { type: 'direct', participant_id: bob } });
const path = { conversation_id: present(conversation.data?.data, 'conversation').id };

const body = { content: 'Hello', type: 'text', idempotency_key: 'once' };
const message = present((await sendMessage({ path, headers, body })).data?.data, 'message');
const again = await sendMessage({ path, headers, body });
check(again.data?.data?.id === message.id, 'the second request sent nothing');

const messages = await listMessages({ path, headers, query: { limit: 10 } });
check(present(messages.data?.data, 'messages').map((each) => each.id).join() === message.id, 'one message');

const reacted = await reactToMessage({ path: { message_id: message.id }, headers, body: { reaction_type: '👍' } });
check(reacted.error === undefined, 'the reaction was added');

const call = await initiateCall({ headers, body: { callee_id: bob, type: 'video' } });
const call_id = present(call.data?.data, 'call').id;
const ended = await endCall({ path: { call_id }, headers, body: {} });
check(ended.data !== undefined && ended.data.data?.status !== 'ringing', 'the call has ended');

const wallet = await getWallet();
check(wallet.data?.data?.currency === 'USD', 'the wallet has a currency');

const webhook = await createWebhook({ body: { url: 'https://example.com/hooks' } });
check(present(webhook.data?.data, 'webhook').id.length > 0, 'the webhook has an id');
passed('story');

const missing = await getCall({ path: { call_id: 'missing' }, headers });
check(missing.response?.status === 404 && missing.error?.code === 'resource_not_found', 'the code is typed');
passed('error');

client.setConfig({ baseUrl: oddUrl });
const unknown = await getCall({ path: { call_id: 'odd' }, headers });
check(unknown.data?.data?.type === 'hologram' && unknown.data.data.status === 'teleported', 'unknown values are kept');
passed('enum');

const event = unknownEvent as Event;
const known = knownEvent as MessageSentEvent;
check(event.type === 'hologram.landed' && event.data['pad'] === 7, 'an unknown event is read');
check(known.data.message?.content === 'Hello', 'a known event is read');
passed('event');
