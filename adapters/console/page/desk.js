// Keeps the desk up to date without losing what somebody is writing. The page
// works without it: every form leads back to a whole page.

const $ = (id) => document.getElementById(id);
const silence = 60_000; // the server beats every 25 s; longer means a dead line
let again, watch;
let busy = false;

// Somebody is in the middle of something there: it is left alone.
function inUse(node) {
  const at = document.activeElement;
  return [...node.querySelectorAll('details[open]')].some((d) => d.querySelector('textarea, input:not([type=hidden])') || d.contains(at));
}

// same compares two versions of a part but for the numbers of their forms,
// which are new each time.
function same(a, b) {
  const [x, y] = [a, b].map((n) => {
    const c = n.cloneNode(true);
    for (const i of c.querySelectorAll('input[name=once]')) i.removeAttribute('value');
    return c;
  });
  return x.isEqualNode(y);
}

// swap puts a newer version in the place of a part and keeps the focus.
function swap(old, next) {
  if (same(old, next) || inUse(old)) return;
  const at = document.activeElement;
  const id = old.contains(at) ? at.id : '';
  const had = old.contains(at);
  old.replaceWith(next);
  if (id && $(id)) $(id).focus({preventScroll: true});
  else if (had) land();
}

// land is where the focus goes when what had it is no longer there.
function land() {
  const text = $('text');
  (text?.checkVisibility() ? text : $('title'))?.focus({preventScroll: true});
}

// list brings a thread up to date line by line: a screen reader reads out only
// what is new, and the place on the screen stays.
function list(old, next) {
  const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 160;
  const known = new Set([...next.children].map((n) => n.id));
  for (const n of [...old.children]) if (!known.has(n.id)) n.remove();
  let grown = false;
  let place = old.firstElementChild;
  for (const n of [...next.children]) {
    const here = $(n.id);
    if (!here) {
      old.insertBefore(n, place);
      grown = true;
      continue;
    }
    if (here !== place) old.insertBefore(here, place);
    else place = place.nextElementSibling;
    swap(here, n);
  }
  if (grown && atEnd) $('end')?.scrollIntoView({block: 'end'});
}

// sections brings the board up to date; empty ones come and go.
function sections(next) {
  const known = new Set(next.map((n) => n.id));
  for (const gone of [...$('board').querySelectorAll('section')]) if (!known.has(gone.id)) gone.remove();
  let before = $('board').querySelector('noscript');
  for (const n of next.reverse()) {
    const id = n.id;
    if ($(id)) swap($(id), n);
    else $('board').insertBefore(n, before);
    before = $(id);
  }
}

// show puts a newer version of the page in place of this one, part by part. The
// parts move over, so what is needed of the new page is read first.
function show(html) {
  const next = new DOMParser().parseFromString(html, 'text/html');
  if (!next.getElementById('desk')) {
    location.reload(); // signed out, or another version
    return;
  }
  const board = {...next.getElementById('board').dataset};
  sections([...next.querySelectorAll('#board > section')]);
  foot(next.getElementById('say'));
  for (const n of [...next.querySelectorAll('[data-sync]:not(#board > section)')]) if ($(n.id)) swap($(n.id), n);
  const thread = next.getElementById('thread');
  if (thread && $('thread')) list($('thread'), thread);
  tell(Number(board.waiting));
  title(board);
}

// foot puts another bar at the foot of the card, where another is due. What is
// typed there moves over.
function foot(say) {
  const old = $('say');
  if (!say || !old || old.dataset.mode === say.dataset.mode || inUse($('acts'))) return;
  const text = $('text')?.value;
  const focused = old.contains(document.activeElement);
  old.replaceWith(say);
  if (text && $('text')) {
    $('text').value = text;
    if ($('fold')) $('fold').open = true;
  }
  if (focused || document.activeElement === document.body) land();
}

// title counts what waits for somebody, and who waits for me.
function title(board) {
  const n = Number(board.waiting) + Number(board.unread);
  document.title = (n > 0 ? `(${n}) ` : '') + document.title.replace(/^\(\d+\) /, '');
}

// A new hand-off is told by the browser to whoever wants that, while they look
// elsewhere. It is off until they ask for it.
const wish = 'accord-tell';
let waited = Number($('board').dataset.waiting);

function told() {
  return 'Notification' in window && Notification.permission === 'granted' && localStorage.getItem(wish) === 'yes';
}

function tell(waiting) {
  if (waiting > waited && document.hidden && told()) {
    const n = new Notification($('tellme').dataset.news, {tag: wish});
    n.onclick = () => window.focus();
  }
  waited = waiting;
}

function offer() {
  if (!('Notification' in window) || Notification.permission === 'denied') return;
  const button = $('tellme');
  const draw = () => { button.textContent = told() ? button.dataset.no : button.dataset.yes; };
  button.addEventListener('click', async () => {
    const on = !told() && await Notification.requestPermission() === 'granted';
    localStorage.setItem(wish, on ? 'yes' : 'no');
    draw();
  });
  draw();
  $('tell').hidden = false;
}

async function refresh() {
  if (busy) return later();
  busy = true;
  try {
    const answer = await fetch(location.href, {headers: {Accept: 'text/html'}, cache: 'no-store'});
    if (answer.ok || answer.status === 404) show(await answer.text());
  } catch { /* the line is down; the stream says so and comes back */ }
  busy = false;
}

function later() {
  clearTimeout(again);
  again = setTimeout(refresh, 120);
}

// Forms go out in the background, so that the page stays as it is.
addEventListener('submit', (event) => {
  const form = event.target;
  const to = form.getAttribute('action'); // form.action may be a field of that name
  if (form.method !== 'post' || !to.startsWith('/admin/desk/')) return;
  event.preventDefault();
  if (form.id === 'sayform') say(form, to, event.submitter);
  else press(form, to, event.submitter);
});

// post gives whether a form was taken; null = nobody knows.
async function post(to, data) {
  try {
    const answer = await fetch(to, {method: 'POST', body: data, headers: {Accept: 'text/html'}});
    show(await answer.text());
    $('line').hidden = true;
    return answer.ok;
  } catch {
    $('line').hidden = false;
    return null;
  }
}

// A double click is one press, also where the page has a newer form there by
// the time of the second.
const double = 700; // milliseconds
let last = {};

async function press(form, to, button) {
  const data = new URLSearchParams(new FormData(form, button));
  const what = new URLSearchParams(data);
  what.delete('once');
  const act = `${to}?${what}`;
  if (form.dataset.sending || act === last.act && performance.now() - last.at < double) return;
  last = {act, at: performance.now()};
  form.dataset.sending = 'yes';
  const ask = form.closest('details');
  const answer = post(to, data);
  if (ask) ask.open = false; // so that the answer may take its place
  const taken = await answer;
  if (taken && form.isConnected) { // the same form again is another act
    form.elements.once.value = random();
    if (ask && !ask.open) form.reset(); // who has opened it again is writing already
  }
  if (!taken && ask?.isConnected) ask.open = true;
  delete form.dataset.sending;
  if (document.activeElement === document.body) land();
}

// Words leave the field at once, so that the next can be written, and go out
// one after another. Those that were not taken come back; sent again as they
// are they go under the same number, in case they had arrived after all.
let queue = Promise.resolve();
let lost = {};

function say(form, to, button) {
  const field = $('text');
  const text = field.value;
  const data = new URLSearchParams(new FormData(form, button));
  const once = text === lost.text ? lost.once : random();
  data.set('once', once);
  field.value = '';
  field.focus();
  queue = queue.then(async () => {
    const taken = await post(to, data);
    if (taken) return;
    const now = $('text');
    if (!now) return;
    lost = taken === null && !now.value ? {text, once} : {};
    now.value = text + (now.value ? '\n' + now.value : '');
  });
}

function random() {
  return Array.from(crypto.getRandomValues(new Uint8Array(20)), (b) => b.toString(16).padStart(2, '0')).join('');
}

addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.form && event.target.tagName === 'TEXTAREA') {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
  const open = event.target.closest?.('details.ask[open]');
  if (event.key === 'Escape' && open) {
    open.open = false;
    open.querySelector('summary').focus();
  }
});

// A form that opens takes the focus to its first question.
addEventListener('toggle', (event) => {
  if (event.target.matches('details.ask[open]')) event.target.querySelector('textarea, input:not([type=hidden]), button')?.focus();
}, true);

function follow() {
  const source = new EventSource('/admin/desk/events');
  const alive = () => {
    clearTimeout(watch);
    watch = setTimeout(() => retry(source), silence);
    $('line').hidden = true;
  };
  source.addEventListener('changed', () => {
    alive();
    later();
  });
  source.addEventListener('beat', alive);
  source.onerror = () => {
    $('line').hidden = false;
    if (source.readyState === EventSource.CLOSED) retry(source);
  };
  alive();
  addEventListener('pagehide', () => source.close(), {once: true});
}

function retry(source) {
  source.close();
  clearTimeout(watch);
  watch = setTimeout(follow, 2000 + Math.random() * 2000);
}

addEventListener('pageshow', (event) => event.persisted && location.reload());
setInterval(later, 30_000); // what is overdue changes by itself
offer();
title($('board').dataset);
if (location.hash === '#end') $('end')?.scrollIntoView({block: 'end'});
follow();
