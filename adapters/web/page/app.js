// The page: ties the conversation, the line from the server and the messages
// on their way out to the elements of index.html.

import {createLog} from './log.js';
import {createOutbox} from './outbox.js';
import {follow} from './stream.js';
import {pick} from './words.js';

const $ = (id) => document.getElementById(id);
const speech = pick(navigator.languages || [navigator.language], document.documentElement.lang);
const {words} = speech;
const title = document.title;
const notes = {sending: words.sending, waiting: words.waiting, failed: words.failed, stored: ''};

let unread = 0;
let started = false;
let hush;

document.documentElement.lang = speech.lang;
$('label').textContent = words.write;
$('text').placeholder = words.write;
$('send').ariaLabel = words.send;
$('log').ariaLabel = words.conversation;
$('newest').ariaLabel = words.newest;
if (matchMedia('(pointer: fine)').matches) $('text').focus(); // not where it opens a keyboard

const log = createLog($('log'), speech, (tap, label) => send({tap, text: label}));

const outbox = createOutbox((message, state, at) => {
  const fresh = log.entry({from: 'customer', ref: message.id, text: message.text, at});
  log.status(message.id, notes[state], state === 'failed');
  if (state === 'failed' && message.tap) log.reopen();
  if (fresh) toEnd();
}, () => reopen());

const reopen = follow({
  entry(e) {
    const near = atEnd();
    if (!log.entry(e)) return;
    if (e.from !== 'customer') typing(false);
    if (!started || near) toEnd();
    else $('newest').hidden = false;
    if (started && document.hidden && e.from !== 'customer') {
      document.title = `(${++unread}) ${title}`;
    }
  },
  settle: (e) => log.settle(e),
  typing: () => typing(true),
  ready() {
    if (started) return;
    started = true;
    toEnd();
    $('log').dataset.empty = words.empty;
    $('log').ariaLive = 'polite'; // what was said before is not read out again
    outbox.resume();
  },
}, (up) => {
  $('state').textContent = up ? '' : words.connecting;
});

function send(message) {
  outbox.add({id: newID(), at: Date.now(), ...message});
}

// newID is unique by chance alone; randomUUID is missing on plain http.
function newID() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}

function typing(on) {
  const near = atEnd();
  clearTimeout(hush);
  $('typing').hidden = !on;
  if (on) hush = setTimeout(() => typing(false), 6000);
  if (near) toEnd();
}

function atEnd() {
  const l = $('log');
  return l.scrollHeight - l.scrollTop - l.clientHeight < 80;
}

function toEnd() {
  $('log').scrollTop = $('log').scrollHeight;
  $('newest').hidden = true;
}

function fit() {
  const t = $('text');
  t.style.height = 'auto';
  t.style.height = t.scrollHeight + t.offsetHeight - t.clientHeight + 'px';
}

$('write').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('text').value.trim();
  if (text) send({text});
  $('text').value = '';
  fit();
  $('text').focus();
});

$('text').addEventListener('keydown', (event) => {
  // While an input method composes, Enter picks a character (229: Safari).
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  $('write').requestSubmit();
});

$('text').addEventListener('input', fit);
$('newest').addEventListener('click', toEnd);
$('log').addEventListener('scroll', () => {
  if (atEnd()) $('newest').hidden = true;
});
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  unread = 0;
  document.title = title;
});
