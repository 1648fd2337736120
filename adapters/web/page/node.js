// node makes an element. text goes in as text, never as markup.
export function node(name, kind, text) {
  const n = document.createElement(name);
  n.className = kind;
  if (text !== undefined) n.textContent = text;
  return n;
}
