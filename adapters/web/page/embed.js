// One script tag puts the chat on any page:
//
//   <script src="https://chat.example/chat/embed.js" async></script>
//
// Button and chat speak the language of the page, or data-lang; data-label sets
// the words on the button, data-position="left" the other corner. The chat itself is loaded when
// it is first opened. Works under a strict policy of the page around it, which
// needs our origin in script-src and frame-src only: styles are set by script.

(() => {
  const origins = ['%origins%'];
  const words = {
    'en': {open: 'Chat with us', close: 'Close the chat', chat: 'Chat', unread: 'unread'},
    'zh-Hans': {open: '在线咨询', close: '关闭对话', chat: '对话', unread: '条未读'},
    'zh-Hant': {open: '線上諮詢', close: '關閉對話', chat: '對話', unread: '則未讀'},
  };
  const key = 'accord.chat';
  const script = document.currentScript;
  if (!script || document.getElementById('accord-chat')) return;
  const address = new URL('/chat?embed=1', script.src);
  if (!origins.includes(location.origin)) {
    console.error(`Accord chat: ${location.origin} may not embed the chat of ${address.origin}. If you run it: add ${location.origin} to ACCORD_WEB_EMBED and restart it.`);
    return;
  }

  const {lang, label, position} = script.dataset;
  const told = langOf(lang) || langOf(document.documentElement.lang);
  const speech = told || langOf(navigator.language) || 'en';
  const say = words[speech];
  if (told) address.searchParams.set('lang', told); // the chat speaks as the page around it

  const host = node('div', {id: 'accord-chat', lang: speech});
  const root = host.attachShadow({mode: 'open'});
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; color-scheme: light dark; }
    button { font: 600 1rem/1.3 system-ui, sans-serif; cursor: pointer; }
    button:focus-visible { outline: 3px solid light-dark(#0b4f45, #bff0e5); outline-offset: 3px; }
    .launch {
      position: fixed; z-index: 2147483000; inset-block-end: calc(20px + env(safe-area-inset-bottom)); inset-inline-end: calc(20px + env(safe-area-inset-right));
      display: flex; align-items: center; gap: 10px; max-width: calc(100vw - 40px); min-height: 52px; padding: 10px 20px;
      border: 0; border-radius: 26px; background: light-dark(#1f6f63, #6cc4b2); color: light-dark(#fff, #0c1f1b); box-shadow: 0 6px 24px rgb(0 0 0 / 25%);
    }
    .left .launch, .left dialog { inset-inline: calc(20px + env(safe-area-inset-left)) auto; }
    .launch svg { flex: none; }
    svg { width: 22px; height: 22px; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    .unread { min-width: 1.5em; padding: 1px 6px; border-radius: 1em; background: light-dark(#a4352b, #7a1e15); color: #fff; font-size: .875rem; text-align: center; }
    .unread:empty { display: none; }
    dialog {
      position: fixed; z-index: 2147483000; inset: auto calc(20px + env(safe-area-inset-right)) calc(20px + env(safe-area-inset-bottom)) auto;
      width: min(400px, 100vw - 40px); height: min(680px, 100dvh - 40px); max-width: none; max-height: none; margin: 0; padding: 0;
      border: 1px solid light-dark(#e0dcd2, #2d383a); border-radius: 18px; overflow: hidden; background: light-dark(#f5f3ee, #12181a); box-shadow: 0 16px 56px rgb(0 0 0 / 28%);
    }
    dialog::backdrop { background: none; }
    iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: light dark; }
    .close {
      position: absolute; inset-block-start: 8px; inset-inline-end: 8px; display: grid; place-items: center; width: 44px; height: 44px;
      border: 0; border-radius: 50%; background: transparent; color: light-dark(#5c686b, #9aa6a4);
    }
    .close:hover { background: light-dark(#e6e2d8, #222c2e); }
    @media (max-width: 480px), (max-height: 480px) {
      dialog, .left dialog { inset: 0 0 auto; width: 100%; height: 100dvh; border: 0; border-radius: 0; }
      .close { inset-block-start: calc(8px + env(safe-area-inset-top)); inset-inline-end: calc(8px + env(safe-area-inset-right)); }
    }
    @media (prefers-reduced-motion: no-preference) {
      dialog[open] { animation: rise .18s ease-out; }
      @keyframes rise { from { opacity: 0; transform: translateY(12px); } }
    }
    @media (forced-colors: active) { .launch, .close { border: 1px solid; } }
    @media print { .launch, dialog { display: none; } }
  `);
  root.adoptedStyleSheets = [sheet];

  const corner = node('div', {className: position === 'left' ? 'left' : ''});
  const launch = node('button', {className: 'launch', type: 'button', ariaHasPopup: 'dialog', ariaExpanded: 'false'});
  const badge = node('span', {className: 'unread'});
  launch.append(picture('M4 5h16v11H10l-5 4v-4H4z'), node('span', {textContent: label || say.open}), badge);
  const panel = node('dialog', {ariaLabel: label || say.chat});
  const close = node('button', {className: 'close', type: 'button', ariaLabel: say.close});
  close.append(picture('M6 6l12 12M18 6 6 18'));
  const frame = node('iframe', {title: label || say.chat});
  panel.append(frame, close);
  corner.append(launch, panel);
  root.append(corner);

  let loaded = false;
  let ready = false;

  function load() {
    if (loaded) return;
    loaded = true;
    frame.src = address.href;
    recall(true);
  }

  // greet tells the chat whether it is seen. It learns our origin by this.
  function greet(focus) {
    if (ready) frame.contentWindow.postMessage({accord: 1, open: panel.open, focus}, address.origin);
  }

  function show() {
    load();
    if (matchMedia('(max-width: 480px), (max-height: 480px)').matches) panel.showModal();
    else panel.show();
    launch.ariaExpanded = 'true';
    fit();
    frame.focus();
    greet(true);
  }

  function hide() {
    if (panel.open) panel.close();
  }

  // fit leaves room for a keyboard on the screen, where the panel fills it.
  function fit() {
    const view = window.visualViewport;
    const covered = view && panel.open && panel.matches(':modal') && Math.abs(view.scale - 1) < 0.01 && innerHeight - view.height > 1;
    panel.style.height = covered ? view.height + 'px' : '';
    panel.style.top = covered ? view.offsetTop + 'px' : '';
  }

  frame.addEventListener('load', () => {
    if (!loaded) return;
    ready = true;
    greet(panel.open);
  });
  launch.addEventListener('click', () => (panel.open ? hide() : show()));
  close.addEventListener('click', hide);
  panel.addEventListener('keydown', (event) => event.key === 'Escape' && hide());
  panel.addEventListener('close', () => {
    launch.ariaExpanded = 'false';
    greet(false);
    launch.focus();
  });
  addEventListener('message', ({source, origin, data}) => {
    if (source !== frame.contentWindow || origin !== address.origin || data?.accord !== 1) return;
    if (data.close === true) hide();
    if (Number.isInteger(data.unread)) count(data.unread);
  });
  window.visualViewport?.addEventListener('resize', fit);
  window.visualViewport?.addEventListener('scroll', fit);

  function count(n) {
    badge.textContent = n > 0 ? (n > 99 ? '99+' : n) : '';
    launch.ariaLabel = n > 0 ? `${label || say.open} (${n} ${say.unread})` : null;
  }

  // recall remembers on this page's site that the chat was opened, so that the
  // badge works on the next page, too. Who never opened it loads nothing.
  function recall(opened) {
    try {
      if (opened) sessionStorage.setItem(key, '1');
      return sessionStorage.getItem(key) === '1';
    } catch {
      return false;
    }
  }

  function put() {
    document.body.append(host);
    if (recall()) load();
  }

  if (document.body) put();
  else addEventListener('DOMContentLoaded', put);

  function langOf(tag) {
    if (/^en\b/i.test(tag)) return 'en';
    if (/^zh-(hant|tw|hk|mo)\b/i.test(tag)) return 'zh-Hant';
    return /^zh\b/i.test(tag) ? 'zh-Hans' : '';
  }

  function node(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  function picture(path) {
    const space = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(space, 'svg');
    const line = document.createElementNS(space, 'path');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    line.setAttribute('d', path);
    svg.append(line);
    return svg;
  }
})();
