// What the customer wrote and the server has not confirmed. Every message is
// kept in the browser until it is stored, and sent again under the same id: a
// second copy changes nothing there. Files live as long as the page.

import {after, renew} from './stream.js';

const prefix = 'accord.unsent.';
const longest = 30_000;

// createOutbox sends messages one after another. show(message, state, more) is
// told 'sending', 'waiting', 'failed' (with the reason) or 'stored' (with the
// server's time); renewed() is called after the session had to be renewed. lang
// is the language to say we speak, where it is not the browser's.
export function createOutbox(lang, show, renewed) {
  const queue = kept();
  let busy = false;
  let pause = 1000;
  let wake;

  function add(message) {
    keep(message);
    queue.push(message);
    show(message, 'sending');
    run();
  }

  async function run() {
    if (busy) return;
    busy = true;
    while (queue.length > 0) await one(queue[0]);
    busy = false;
  }

  // one makes one attempt with the oldest message.
  async function one(message) {
    const {outcome, wait, ...more} = await post(message, lang);
    if (outcome === 'again') {
      queue.forEach((m) => show(m, 'waiting', more));
      return rest(wait);
    }
    if (outcome === 'renew') {
      const session = await renew();
      if (session.ok) renewed();
      if (session.wait) queue.forEach((m) => show(m, 'waiting', {reason: 'sessions'}));
      return rest(session.wait);
    }
    pause = 1000;
    queue.shift();
    forget(message);
    show(message, outcome, more);
  }

  // rest waits as long as was asked for, or else longer each time; coming
  // online ends that early.
  function rest(asked) {
    const time = asked || pause * (0.75 + Math.random() / 2);
    if (!asked) pause = Math.min(pause * 2, longest);
    return new Promise((done) => {
      wake = asked ? null : done;
      setTimeout(done, time);
    });
  }

  addEventListener('online', () => wake?.());
  return {
    add,
    // resume shows and sends what an earlier visit left behind.
    resume() {
      queue.forEach((message) => show(message, 'sending'));
      run();
    },
    holdsFiles: () => queue.some((message) => message.file),
  };
}

async function post(message, lang) {
  try {
    const answer = await fetch(...request(message, lang));
    const {at, reason} = await answer.json();
    const outcome = outcomeOf(answer.status, reason);
    const asked = answer.status === 429 && outcome === 'again';
    return {outcome, at, reason, wait: asked ? after(answer) : 0};
  } catch {
    return {outcome: 'again', wait: 0}; // no answer: it may have arrived or not, the id settles it
  }
}

// request gives the arguments of fetch. A file may take as long as it takes.
function request({id, text, tap, file}, lang) {
  const headers = lang ? {'Accept-Language': lang} : {};
  if (file) {
    headers['Content-Type'] = 'application/octet-stream';
    return [`/chat/files?id=${id}&name=${encodeURIComponent(file.name)}`, {method: 'POST', headers, body: file}];
  }
  headers['Content-Type'] = 'application/json';
  const body = JSON.stringify(tap ? {id, tap} : {id, text});
  return ['/chat/messages', {method: 'POST', headers, body, signal: AbortSignal.timeout(20_000)}];
}

// outcomeOf: only answers that would be the same next time end the trying.
function outcomeOf(status, reason) {
  if (status === 202) return 'stored';
  if (status === 401) return 'renew';
  if (reason === 'quota') return 'failed';
  return [400, 403, 404, 411, 413, 415].includes(status) ? 'failed' : 'again';
}

// One key a message, so that two tabs never overwrite each other's list. Where
// a browser keeps nothing, messages live as long as the page.
function keep(message) {
  if (message.file) return;
  try {
    localStorage.setItem(prefix + message.id, JSON.stringify(message));
  } catch { /* private mode, or full */ }
}

function forget(message) {
  try {
    localStorage.removeItem(prefix + message.id);
  } catch { /* as above */ }
}

function kept() {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => JSON.parse(localStorage.getItem(key)))
      .sort((a, b) => a.at - b.at);
  } catch {
    return [];
  }
}
