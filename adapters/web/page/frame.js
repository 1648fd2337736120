// What the page does when nobody looks, and inside another page: it counts what
// was not read, and talks to embed.js. Only a page that the server's policy
// names can have us in a frame, so the origin of the first greeting of our
// parent is one of those, and everything goes to exactly that one.

const key = 'accord.seen';

// createFrame counts unread messages. focus() is called when the panel opens.
export function createFrame(focus) {
  const inside = parent !== window;
  const title = document.title;
  let host = ''; // the origin around us, once it has greeted
  let open = !inside;
  let last = seen();
  let unread = 0;

  const looking = () => open && !document.hidden;

  function tell(message) {
    if (host) parent.postMessage({accord: 1, ...message}, host);
  }

  function report() {
    if (inside) tell({unread});
    else document.title = unread ? `(${unread}) ${title}` : title;
  }

  function look() {
    if (!looking()) return;
    remember();
    unread = 0;
    report();
  }

  function remember() {
    try {
      localStorage.setItem(key, String(last));
    } catch { /* private mode: the badge begins anew with each page */ }
  }

  if (inside) {
    addEventListener('message', ({source, origin, data}) => {
      if (source !== parent || !data || data.accord !== 1) return;
      host = origin;
      open = data.open === true;
      if (open && data.focus) focus();
      report();
      look();
    });
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.isComposing && event.keyCode !== 229) tell({close: true});
    });
  }
  document.addEventListener('visibilitychange', look);

  return {
    inside,
    // clear forgets which messages were read: their numbers are given again.
    clear() {
      last = 0;
      remember();
    },
    // saw counts a message of ours: one that is new to the page, or in a panel
    // one that came while the page around it was another.
    saw(id, fresh) {
      if (id <= last) return;
      last = id;
      if (looking()) return remember();
      if (!fresh && !inside) return;
      unread++;
      report();
    },
  };
}

function seen() {
  try {
    return Number(localStorage.getItem(key)) || 0;
  } catch {
    return 0;
  }
}
