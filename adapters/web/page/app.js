// The page: ties the conversation, the line from the server and the messages
// on their way out to the elements of index.html.

import {createField} from './field.js';
import {largest} from './files.js';
import {createFrame} from './frame.js';
import {createLog} from './log.js';
import {createOutbox} from './outbox.js';
import {follow} from './stream.js';
import {pick} from './words.js';

const $ = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search).get('lang');
const browser = navigator.languages || [navigator.language];
const speech = pick(asked ? [asked, ...browser] : browser, document.documentElement.lang);
const {words} = speech;

document.documentElement.lang = speech.lang;
$('log').ariaLabel = words.conversation;
$('newest').ariaLabel = words.newest;
$('here').textContent = words.here;

let started = false;
let stuck = true; // the newest message is in view, and shall stay there
let quiet;
let slow;

const frame = createFrame(() => $('text').focus());
const log = createLog($('log'), speech, (tap, label) => send({tap, text: label}));
const field = createField($, words, {text: (text) => send({text}), files: (list) => list.forEach(sendFile)});

const outbox = createOutbox(asked && speech.lang, (message, state, {at, reason} = {}) => {
  const fresh = log.entry({from: 'customer', ref: message.id, at, ...shown(message)});
  log.status(message.id, note(state, reason), state === 'failed');
  if (state === 'failed' && message.tap) log.reopen();
  if (reason === 'too_long') field.restore(message.text);
  if (fresh) toEnd();
}, () => line.open());

const line = follow({
  entry(e) {
    const fresh = log.entry(e);
    if (e.from !== 'customer') frame.saw(e.id, fresh && started);
    if (!fresh) return;
    if (e.from !== 'customer') typing(false);
    if (!started || stuck) toEnd();
    else $('newest').hidden = false;
  },
  cut: () => log.cut(),
  settle: (e) => log.settle(e),
  amend: (e) => log.amend(e),
  typing: () => typing(true),
  epoch() {
    log.clear();
    frame.clear();
    started = false; // what comes now was said before
    $('log').ariaLive = 'off';
  },
  elsewhere() {
    say(words.elsewhere);
    $('here').hidden = false;
  },
  ready() {
    say('');
    if (started) return;
    started = true;
    toEnd();
    $('log').dataset.empty = words.empty;
    $('log').ariaLive = 'polite'; // what was said before is not read out again
    outbox.resume();
  },
}, (state) => {
  // A line that is back within a second was never missed.
  clearTimeout(slow);
  if (state === 'down') slow = setTimeout(() => ($('state').textContent = words.connecting), 1000);
  else $('state').textContent = '';
  if (state === 'crowded') say(words.crowded);
});

function send(message) {
  outbox.add({id: newID(), at: Date.now(), ...message});
}

// sendFile sends one file; one that would be refused is not uploaded first.
function sendFile(file) {
  const id = newID();
  const reason = file.size > largest ? 'too_large' : file.size === 0 ? 'empty' : '';
  if (!reason) return outbox.add({id, at: Date.now(), file});
  log.entry({from: 'customer', ref: id, ...shown({file})});
  log.status(id, note('failed', reason), true);
  toEnd();
}

function shown({text, file}) {
  return file ? {files: [{kind: file.type.startsWith('image/') ? 'photo' : 'document', name: file.name, size: file.size}]} : {text};
}

// note says under a message how far it got.
function note(state, reason) {
  if (state === 'stored') return '';
  if (state === 'failed') return words[{too_large: 'large', too_long: 'lengthy', empty: 'hollow', quota: 'quota'}[reason] || 'failed'];
  if (state === 'waiting') return words[{pace: 'slow', sessions: 'crowded', space: 'space'}[reason] || 'waiting'];
  return words.sending;
}

// newID is unique by chance alone; randomUUID is missing on plain http.
function newID() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}

// say shows a notice over the field.
function say(text) {
  $('notice').textContent = text;
  $('here').hidden = true;
}

function typing(on) {
  clearTimeout(quiet);
  if (on !== Boolean($('typing').textContent)) $('typing').textContent = on ? words.typing : '';
  if (on) quiet = setTimeout(() => typing(false), 6000);
}

function toEnd() {
  $('log').scrollTop = $('log').scrollHeight;
  $('newest').hidden = true;
  stuck = true;
}

$('newest').addEventListener('click', () => {
  toEnd();
  $('log').focus({preventScroll: true}); // a button that goes away loses the focus
});
$('here').addEventListener('click', () => {
  say('');
  line.open();
  $('text').focus();
});
$('log').addEventListener('scroll', () => {
  const l = $('log');
  stuck = l.scrollHeight - l.scrollTop - l.clientHeight < 80;
  if (stuck) $('newest').hidden = true;
});
// A keyboard that opens, or a field that grows, must not cover the newest.
new ResizeObserver(() => stuck && toEnd()).observe($('log'));
addEventListener('beforeunload', (event) => outbox.holdsFiles() && event.preventDefault());
if (!frame.inside && matchMedia('(pointer: fine)').matches) field.focus(); // not where it opens a keyboard
