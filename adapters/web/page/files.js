// Files and places in a message. Every address is put together here, from
// numbers alone, so that no text can become one.

import {node} from './node.js';

export const largest = 10 * 2 ** 20; // bytes of one file that can be sent

// listFiles gives an element for the files of an entry. What we were sent can
// be opened and saved; what the customer sent is only named.
export function listFiles(e, {words, tag}) {
  const list = node('ul', 'files');
  e.files.forEach((file, n) => {
    const item = node('li', 'file');
    if (file.kind === 'location') item.append(place(file, words));
    else if (e.from === 'customer') item.append(...label(file, words, tag));
    else item.append(download(e.id, n, file, words, tag));
    list.append(item);
  });
  return list;
}

function download(row, n, file, words, tag) {
  const link = node('a', 'link');
  link.href = `/chat/files/${Number(row)}/${Number(n)}`;
  link.download = '';
  if (file.kind === 'photo') link.append(picture(link.href, file, words));
  link.append(...label(file, words, tag));
  return link;
}

// picture shows a photo in a box of fixed height: nothing moves when it comes.
function picture(address, file, words) {
  const img = node('img', 'picture');
  img.alt = file.name || words.photo;
  img.loading = 'lazy';
  img.decoding = 'async';
  img.addEventListener('error', () => img.remove()); // not a picture we show, or too late
  img.src = address;
  return img;
}

function label(file, words, tag) {
  const kind = words[file.kind] || words.document;
  const name = node('bdi', 'name', file.name || kind);
  const more = [file.name && kind, size(file.size, tag)].filter(Boolean).join(', ');
  return more ? [name, node('span', 'more', more)] : [name];
}

function place({lat, lon}, words) {
  const at = `${Number(lat || 0).toFixed(5)}, ${Number(lon || 0).toFixed(5)}`;
  const link = node('a', 'link');
  link.href = `geo:${at.replace(' ', '')}`;
  link.append(node('bdi', 'name', words.location), node('span', 'more', at));
  return link;
}

function size(bytes, tag) {
  if (!bytes) return '';
  const [unit, n] = bytes < 1000 ? ['byte', bytes] : bytes < 1e6 ? ['kilobyte', bytes / 1000] : ['megabyte', bytes / 1e6];
  return new Intl.NumberFormat(tag, {style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: n < 10 ? 1 : 0}).format(n);
}
