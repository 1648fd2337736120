// The line from the server: one EventSource, opened again whenever it ends.

const silence = 60_000; // the server beats every 25 s; longer means a dead line
const longest = 30_000;

// follow keeps a stream open and calls on[name](data) for each event, and
// state(true or false) when the line comes and goes. It returns a function
// that opens the line anew, for a session that has changed.
export function follow(on, state) {
  let source, watch, again;
  let last = 0; // the newest outbox row seen
  let pause = 1000;

  function open() {
    close();
    state(false);
    source = new EventSource('/chat/events?after=' + last);
    alive();
    // A browser gives up for good when it is answered anything but a stream,
    // for example while the server restarts; so the page tries again itself.
    source.onerror = () => {
      state(false);
      if (source.readyState === EventSource.CLOSED) later();
    };
    for (const name of ['entry', 'settle', 'typing', 'ready', 'beat']) {
      source.addEventListener(name, (event) => {
        alive();
        if (event.lastEventId) last = Math.max(last, Number(event.lastEventId));
        if (name === 'ready') {
          pause = 1000;
          state(true);
        }
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
      await renew();
      open();
    }, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, longest);
  }

  function close() {
    clearTimeout(watch);
    clearTimeout(again);
    source?.close();
  }

  // A page that the browser keeps in the background gives its line back.
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => event.persisted && open());
  addEventListener('online', open);
  open();
  return open;
}

// renew asks for a session where the old one has ended. It says whether the
// server answered.
export async function renew() {
  try {
    return (await fetch('/chat', {method: 'HEAD', cache: 'no-store'})).ok;
  } catch {
    return false;
  }
}
