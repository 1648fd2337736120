// The conversation on the page: which messages are there, in which order, and
// the one question whose buttons can be pressed.

import {node} from './node.js';
import {createRows} from './row.js';

// createLog shows entries in root. tap(token, label) is called when a button
// is pressed.
export function createLog(root, speech, tap) {
  const {words} = speech;
  const rows = createRows(speech);
  const shown = new Map(); // key → row
  const labels = new Map(); // token → label
  const pause = 5 * 60_000; // a longer one begins a new run of messages
  const twice = 500; // ms in which a second click belongs to the first
  let open = null; // the question whose buttons are on the page
  let gap = false; // what comes next is not what follows
  let pressed = -twice; // when a button was last clicked

  // entry shows one line, once; it says whether it was new. One without "at"
  // is not stored yet: it waits at the end until the server has dated it.
  function entry(e) {
    const key = e.from === 'customer' ? 'ref ' + e.ref : 'row ' + e.id;
    (e.tokens || []).forEach((token, i) => labels.set(token, e.choices?.[i]?.label));
    if (e.tap) take(open?.tokens.indexOf(e.tap) ?? -1);
    if (shown.has(key)) {
      confirm(shown.get(key), e);
      return false;
    }
    const text = e.text || labels.get(e.tap) || '';
    if (!text && !e.files?.length && !e.withdrawn) return false;
    const row = rows.make(e, text);
    shown.set(key, row);
    if (gap && e.at) row.prepend(node('p', 'cut', words.cut));
    gap &&= !e.at;
    place(row);
    if (e.choices?.length) ask(row, e);
    return true;
  }

  // confirm dates a message of the customer that the server has stored. Of two
  // dates the earlier is right: the later is that of a second attempt.
  function confirm(row, e) {
    if (row.dataset.from !== 'customer' || !e.at) return;
    const at = new Date(e.at).toISOString();
    status(e.ref, '');
    if (row.dataset.at && row.dataset.at <= at) return;
    row.dataset.at = at;
    place(row);
  }

  // settle takes the buttons of a question away.
  function settle(e) {
    if (open?.question === e.settled) drop();
  }

  // amend changes a message of ours; its open question goes with words that
  // were taken back.
  function amend(e) {
    const row = shown.get('row ' + e.amends);
    if (!row) return;
    if (e.withdrawn && open && row.contains(open.group)) drop();
    rows.amend(row, e);
  }

  function status(ref, note, bad) {
    const row = shown.get('ref ' + ref);
    if (row) rows.status(row, note, bad);
  }

  // place puts a row where it belongs: what is not stored yet at the end, what
  // was said after all that is stored, and what the customer wrote before the
  // answer to it, which may have come first.
  function place(row) {
    const at = row.dataset.at;
    const mine = row.dataset.from === 'customer';
    let before = root.lastElementChild;
    while (before && (before === row || (at && !before.dataset.at) || (at && mine && before.dataset.at >= at))) {
      before = before.previousElementSibling;
    }
    const after = before ? before.nextElementSibling : root.firstElementChild;
    if (after === row) return;
    const left = row.nextElementSibling;
    root.insertBefore(row, after);
    [row, row.nextElementSibling, left].forEach((r) => r && head(r));
  }

  // head shows the day where it changes, and the speaker where another one
  // begins or the same one comes back.
  function head(row) {
    const prior = row.previousElementSibling;
    const fresh = prior?.dataset.day !== row.dataset.day;
    row.querySelector('.day').hidden = !fresh;
    const back = time(row) - time(prior) > pause;
    row.classList.toggle('first', fresh || back || prior?.dataset.from !== row.dataset.from);
  }

  function time(row) {
    return Date.parse(row?.querySelector('time').dateTime);
  }

  // ask puts buttons under a question. A newer question replaces an older one:
  // a conversation has one open question at a time.
  function ask(row, e) {
    drop();
    const scores = e.choices.every((c) => c.label.length <= 2);
    const long = !scores && (e.choices.length > 4 || e.choices.some((c) => c.label.length > 26));
    const group = node('div', long ? 'choices long' : 'choices');
    group.role = 'group';
    group.ariaLabel = words.choose;
    e.choices.forEach((choice, i) => {
      const button = node('button', 'choice', choice.label);
      button.type = 'button';
      button.dir = 'auto';
      if (e.lang) button.lang = e.lang;
      button.addEventListener('click', (event) => press(i, event));
      group.append(button);
    });
    row.append(group);
    open = {question: e.question, tokens: e.tokens || [], group};
  }

  // press answers with choice i. The second half of a double click does not:
  // by then the next question's buttons may stand in the same place.
  function press(i, event) {
    const {tokens, group} = open;
    if (!tokens[i] || (event.detail > 0 && event.timeStamp - pressed < twice)) return;
    pressed = event.timeStamp;
    take(i);
    rest(group); // a disabled button loses the focus
    tap(tokens[i], group.children[i].textContent);
  }

  // take marks choice i as the answer; nothing else can be pressed then.
  function take(i) {
    if (i < 0) return;
    const buttons = open.group.children;
    for (const button of buttons) button.disabled = true;
    buttons[i].classList.add('chosen');
    buttons[i].ariaPressed = 'true';
  }

  // rest puts the focus on the message whose buttons go away: from there the
  // next key goes to what comes after it.
  function rest(group) {
    group.closest('.row').focus({preventScroll: true});
  }

  function drop() {
    if (open?.group.contains(document.activeElement)) rest(open.group);
    open?.group.remove();
    open = null;
  }

  // cut says that earlier messages than the next one are not shown.
  function cut() {
    gap = true;
  }

  // clear forgets everything that was stored; what is on its way stays.
  function clear() {
    drop();
    labels.clear();
    for (const [key, row] of shown) {
      if (!row.dataset.at) continue;
      row.remove();
      shown.delete(key);
    }
    for (const row of root.children) head(row);
  }

  // reopen makes the buttons usable again after a press that did not arrive.
  function reopen() {
    for (const button of open?.group.children || []) {
      button.disabled = false;
      button.classList.remove('chosen');
      button.ariaPressed = null;
    }
  }

  return {entry, settle, amend, status, cut, clear, reopen};
}
