// The conversation on the page. Every text goes in as text, never as markup,
// and each message is isolated, so that the direction of one cannot turn the
// next.

// createLog shows entries in root. tap(token, label) is called when a button
// is pressed.
export function createLog(root, {words, tag}, tap) {
  const shown = new Map(); // key → row
  const labels = new Map(); // token → label
  const pause = 5 * 60_000; // a longer one begins a new run of messages
  const clock = new Intl.DateTimeFormat(tag, {timeStyle: 'short'});
  const day = new Intl.DateTimeFormat(tag, {weekday: 'long', day: 'numeric', month: 'long'});
  const twice = 500; // ms in which a second click belongs to the first
  let open = null; // the question whose buttons are on the page
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
    const text = e.text || labels.get(e.tap);
    if (!text) return false;
    const row = make(e, text);
    shown.set(key, row);
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

  // status says under a message of the customer how far it got; '' takes the
  // note away.
  function status(ref, note, bad) {
    const row = shown.get('ref ' + ref);
    if (!row) return;
    row.querySelector('.note').textContent = note;
    row.classList.toggle('bad', Boolean(bad));
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

  function make(e, text) {
    const at = e.at ? new Date(e.at) : new Date();
    const row = node('div', 'row ' + e.from);
    row.dataset.from = e.from;
    row.dataset.day = at.toDateString();
    if (e.at) row.dataset.at = at.toISOString();
    const today = at.toDateString() === new Date().toDateString();
    row.append(node('p', 'day', today ? words.today : day.format(at)));
    row.append(node('p', 'who', words[e.from === 'customer' ? 'you' : e.from]));
    const said = node('p', 'said', text);
    said.dir = 'auto';
    if (e.lang) said.lang = e.lang;
    const clockTime = node('time', 'time', clock.format(at));
    clockTime.dateTime = at.toISOString();
    const foot = node('p', 'foot');
    foot.append(clockTime, node('span', 'note'));
    row.append(said, foot);
    return row;
  }

  // ask puts buttons under a question. A newer question replaces an older one:
  // a conversation has one open question at a time.
  function ask(row, e) {
    drop();
    const group = node('div', 'choices');
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
    root.focus({preventScroll: true}); // a disabled button loses the focus
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

  function drop() {
    if (open?.group.contains(document.activeElement)) root.focus({preventScroll: true});
    open?.group.remove();
    open = null;
  }

  // reopen makes the buttons usable again after a press that did not arrive.
  function reopen() {
    for (const button of open?.group.children || []) {
      button.disabled = false;
      button.classList.remove('chosen');
      button.ariaPressed = null;
    }
  }

  return {entry, settle, status, reopen};
}

function node(name, kind, text) {
  const n = document.createElement(name);
  n.className = kind;
  if (text !== undefined) n.textContent = text;
  return n;
}
