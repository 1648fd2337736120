// What the customer wrote and the server has not confirmed. Every message is
// kept in the browser until it is stored, and sent again under the same id: a
// second copy changes nothing there.

import {renew} from './stream.js';

const prefix = 'accord.unsent.';
const longest = 30_000;

// createOutbox sends messages one after another. show(message, state, at) is
// told 'sending', 'waiting', 'failed' or 'stored' (then with the server's time);
// renewed() is called after the session had to be renewed.
export function createOutbox(show, renewed) {
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
    while (queue.length > 0) {
      const {outcome, at} = await post(queue[0]);
      if (outcome === 'again') {
        queue.forEach((message) => show(message, 'waiting'));
        await rest();
        continue;
      }
      if (outcome === 'renew') {
        if (await renew()) renewed();
        await rest();
        continue;
      }
      pause = 1000;
      const message = queue.shift();
      forget(message);
      show(message, outcome, at);
    }
    busy = false;
  }

  // rest waits longer each time; coming online ends it early.
  function rest() {
    const time = pause * (0.75 + Math.random() / 2);
    pause = Math.min(pause * 2, longest);
    return new Promise((done) => {
      wake = done;
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
  };
}

async function post({id, text, tap}) {
  try {
    const answer = await fetch('/chat/messages', {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify(tap ? {id, tap} : {id, text}),
      signal: AbortSignal.timeout(20_000),
    });
    return {outcome: outcomeOf(answer.status), at: (await answer.json()).at};
  } catch {
    return {outcome: 'again'}; // no answer: it may have arrived or not, the id settles it
  }
}

// outcomeOf: only answers that would be the same next time end the trying.
function outcomeOf(status) {
  if (status === 202) return 'stored';
  if (status === 401) return 'renew';
  return [400, 403, 413, 415].includes(status) ? 'failed' : 'again';
}

// One key a message, so that two tabs never overwrite each other's list. Where
// a browser keeps nothing, messages live as long as the page.
function keep(message) {
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
