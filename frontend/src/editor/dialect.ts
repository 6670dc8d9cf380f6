/** The Markdown of Parvis, read as the server reads it (parvis/kernel/richtext/render.py): the same parser, the same rules.
 *  What the editor has no shape for (tables, pictures, HTML, references) is left out of the rules, and so stays text. */
import MarkdownIt, { type StateInline } from "markdown-it";

/** Handle to name: the people that a text mentions, known from the server or chosen while writing. */
export type People = Map<string, string>;

// The server's two patterns (names.py): what may stand before « @ », and a handle.
export const BEFORE = /[\p{L}\p{N}_/@.#-]$/u;
const HANDLE = /@([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)/y;

function mention(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "@" || BEFORE.test(state.src.slice(0, state.pos))) return false;
  HANDLE.lastIndex = state.pos;
  const handle = HANDLE.exec(state.src)?.[1];
  const name = handle && (state.env.people as People | undefined)?.get(handle.toLowerCase());
  if (!handle || !name) return false;
  if (!silent) Object.assign(state.push("mention", "", 0), { meta: { handle, name } });
  state.pos += handle.length + 1;
  return true;
}

export const dialect = new MarkdownIt("commonmark", { html: false, breaks: true, linkify: true })
  .enable(["strikethrough", "linkify"])
  .disable(["image", "html_inline", "html_block", "reference"]);
// Beyond its default of 20 the parser drops what is nested.
Object.assign(dialect.options, { maxNesting: 100 });
dialect.linkify.set({ fuzzyEmail: false, fuzzyLink: false });
dialect.inline.ruler.before("emphasis", "mention", mention);
// Addresses are kept as they were written; the server encodes them when it renders.
dialect.normalizeLink = (url) => url;
dialect.normalizeLinkText = (url) => url;

/** Written alone, this address becomes a link by itself (but perhaps for a sign at its end). */
export function isBareLink(text: string): boolean {
  return dialect.linkify.match(text)?.[0]?.index === 0 && !/\s/.test(text);
}
