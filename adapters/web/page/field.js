// The field to write in, with the button for files.

// What one message can hold: the server takes no more.
const most = {chars: 8000, bytes: 16 * 2 ** 10};
const near = 500; // characters left from which on it is said

// createField calls out.text(text) and out.files(list) with what the customer
// wants to send.
export function createField($, words, out) {
  const text = $('text');
  $('label').textContent = words.write;
  text.placeholder = words.write;
  $('send').ariaLabel = words.send;

  function fit() {
    text.style.height = 'auto';
    text.style.height = text.scrollHeight + text.offsetHeight - text.clientHeight + 'px';
  }

  $('write').addEventListener('submit', (event) => {
    event.preventDefault();
    const said = text.value.trim();
    text.focus();
    if (left(said) < 0) return measure(); // it stays until it is short enough
    text.value = '';
    fit();
    measure();
    if (said) out.text(said);
  });

  // measure says how much room there is where that matters.
  function measure() {
    const n = left(text.value.trim());
    const key = n < 0 ? 'long' : n < near ? 'room' : '';
    $('room').textContent = key && words[key].replace('{n}', Math.abs(n));
    text.ariaInvalid = n < 0 ? 'true' : null;
  }

  text.addEventListener('keydown', (event) => {
    // While an input method composes, Enter picks a character (229: Safari).
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    $('write').requestSubmit();
  });

  text.addEventListener('input', () => {
    fit();
    measure();
  });
  if ($('attach')) takeFiles($, words, out.files);
  keepInView();
  return {
    focus: () => text.focus(),
    // restore gives back what was refused, where nothing else was begun.
    restore(said) {
      if (text.value) return;
      text.value = said;
      fit();
      measure();
    },
  };
}

// left says how many characters more fit behind said; below 0, how many are too
// many. Characters differ in bytes: what is there tells how many.
function left(said) {
  const chars = [...said].length;
  const bytes = new TextEncoder().encode(said).length;
  const each = Math.max(1, bytes / Math.max(1, chars));
  return Math.min(most.chars - chars, Math.floor((most.bytes - bytes) / each));
}

// takeFiles offers three ways to hand over a file: button, paste and drop.
function takeFiles($, words, files) {
  $('attach').ariaLabel = words.attach;
  $('attach').title = words.attach;
  $('attach').addEventListener('click', () => $('file').click());
  $('file').addEventListener('change', () => {
    files([...$('file').files]);
    $('file').value = ''; // the same one can be picked again
    $('text').focus();
  });
  $('text').addEventListener('paste', (event) => {
    const list = [...(event.clipboardData?.files || [])];
    if (!list.length) return;
    event.preventDefault();
    files(list);
  });
  const carries = (event) => event.dataTransfer?.types.includes('Files');
  addEventListener('dragover', (event) => carries(event) && event.preventDefault());
  addEventListener('drop', (event) => {
    if (!carries(event)) return;
    event.preventDefault(); // or the browser leaves the page and shows the file
    files([...event.dataTransfer.files]);
  });
}

// keepInView gives the page the height that a keyboard on the screen leaves.
// Some browsers lay it over the page without saying so in dvh.
function keepInView() {
  const view = window.visualViewport;
  if (!view) return;
  const fit = () => {
    if (Math.abs(view.scale - 1) > 0.01) return; // somebody looks closer; nothing is covered
    document.body.style.height = Math.abs(view.height - innerHeight) > 1 ? view.height + 'px' : '';
    scrollTo(0, 0);
  };
  view.addEventListener('resize', fit);
}
