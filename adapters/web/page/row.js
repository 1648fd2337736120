// One message on the page: how it is built and how it changes. Every text goes
// in as text, never as markup, and each message is isolated, so that the
// direction of one cannot turn the next.

import {listFiles} from './files.js';
import {node} from './node.js';

// createRows gives make(entry, text), amend(row, change) and status(row, …).
export function createRows(speech) {
  const {words, tag} = speech;
  const clock = new Intl.DateTimeFormat(tag, {timeStyle: 'short'});
  const day = new Intl.DateTimeFormat(tag, {weekday: 'long', day: 'numeric', month: 'long'});

  function make(e, text) {
    const at = e.at ? new Date(e.at) : new Date();
    const row = node('div', 'row ' + e.from);
    row.dataset.from = e.from;
    row.dataset.day = at.toDateString();
    row.tabIndex = -1; // takes the focus when a button in it goes away
    if (e.at) row.dataset.at = at.toISOString();
    const today = at.toDateString() === new Date().toDateString();
    row.append(node('p', 'day', today ? words.today : day.format(at)));
    row.append(node('p', 'who', words[e.from === 'customer' ? 'you' : e.from]));
    const said = node('p', 'said', text);
    said.dir = 'auto';
    if (e.lang) said.lang = e.lang;
    row.append(said);
    if (e.files?.length) row.append(listFiles(e, speech));
    row.append(foot(at));
    if (e.edited || e.withdrawn) amend(row, e);
    return row;
  }

  function foot(at) {
    const p = node('p', 'foot');
    const time = node('time', 'time', clock.format(at));
    time.dateTime = at.toISOString();
    p.append(time, node('span', 'changed'), node('span', 'note'));
    return p;
  }

  // amend puts other words in the place of those that were said, or takes them
  // away; that it happened is said in words.
  function amend(row, {text, withdrawn}) {
    if (row.classList.contains('withdrawn')) return;
    const said = row.querySelector('.said');
    said.textContent = withdrawn ? words.withdrawn : text;
    row.classList.toggle('withdrawn', Boolean(withdrawn));
    if (!withdrawn) {
      row.querySelector('.changed').textContent = words.edited;
      return;
    }
    said.removeAttribute('lang');
    row.querySelector('.changed').textContent = '';
    row.querySelector('.files')?.remove();
  }

  // status says under a message of the customer how far it got; '' takes the
  // note away.
  function status(row, note, bad) {
    const place = row.querySelector('.note');
    if (place.textContent !== note) place.textContent = note;
    row.classList.toggle('bad', Boolean(bad));
  }

  return {make, amend, status};
}
