// The line from the server: one EventSource, opened again whenever it ends.

const silence = 60_000; // the server beats every 25 s; longer means a dead line
const longest = 30_000;

// follow keeps a stream open and calls on[name](data) for each event, and
// state('up', 'down' or 'crowded') when the line comes, goes, or finds no room.
// open of what it returns opens the line anew, for a session that has changed.
// on.epoch() is called when the server reads from another database than before,
// in which the numbers of rows mean other messages.
export function follow(on, state) {
  let source, watch, again;
  let last = 0; // the newest outbox row seen
  let epoch = ''; // of the database that numbered it
  let named = ''; // the epoch the open line was asked for with
  let pause = 1000;
  let resting = false; // newer windows have the line

  function open() {
    close();
    resting = false;
    state('down');
    named = epoch;
    source = new EventSource(`/chat/events?after=${last}&epoch=${encodeURIComponent(named)}`);
    alive();
    // A browser gives up for good when it is answered anything but a stream,
    // for example while the server restarts; so the page tries again itself. It
    // does so, too, where the browser would ask without the epoch known by now.
    source.onerror = () => {
      state('down');
      if (source.readyState !== EventSource.CLOSED && named === epoch) return;
      source.close();
      later();
    };
    source.addEventListener('epoch', (event) => {
      const {epoch: now} = JSON.parse(event.data);
      if (epoch && now !== epoch) {
        last = 0;
        on.epoch();
      }
      epoch = now;
    });
    for (const name of ['cut', 'entry', 'settle', 'amend', 'typing', 'ready', 'elsewhere', 'beat']) {
      source.addEventListener(name, (event) => {
        alive();
        if (event.lastEventId) last = Math.max(last, Number(event.lastEventId));
        if (name === 'ready') {
          pause = 1000;
          state('up');
        }
        if (name === 'elsewhere') rest();
        on[name]?.(JSON.parse(event.data));
      });
    }
  }

  function alive() {
    clearTimeout(watch);
    watch = setTimeout(open, silence);
  }

  function later() {
    clearTimeout(again);
    again = setTimeout(async () => {
      const {wait} = await renew();
      if (!wait) return open();
      state('crowded');
      pause = Math.max(pause, Math.min(wait, longest));
      later();
    }, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, longest);
  }

  // rest leaves the line to newer windows, until this one is turned to again:
  // coming back at once would end one of those in its turn.
  function rest() {
    close();
    resting = true;
    state('up');
  }

  function close() {
    clearTimeout(watch);
    clearTimeout(again);
    source?.close();
  }

  // A page that the browser keeps in the background gives its line back.
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => event.persisted && open());
  addEventListener('online', () => resting || open());
  document.addEventListener('visibilitychange', () => resting && !document.hidden && open());
  open();
  return {open};
}

// renew asks for a session where the old one has ended. ok says that there is
// one now, wait for how many ms to wait where there is no room.
export async function renew() {
  try {
    const answer = await fetch('/chat' + location.search, {method: 'HEAD', cache: 'no-store'});
    return {ok: answer.ok, wait: answer.status === 429 ? after(answer) : 0};
  } catch {
    return {ok: false, wait: 0};
  }
}

// after reads how many ms an answer asks to wait.
export function after(answer) {
  return Math.max(1, Number(answer.headers.get('Retry-After')) || 1) * 1000;
}
