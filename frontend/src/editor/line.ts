/** Writes one line of pieces as Markdown, in one of a few manners; the writer takes the first that reads back the same. */
import type { Mark } from "@tiptap/pm/model";

import { isBareLink } from "./dialect";
import type { Piece } from "./pieces";

export interface Manner {
  italic: "*" | "_";
  /** Write a backslash before what could be read as Markdown. */
  escapes: boolean;
  /** Write an address that is its own text without brackets. */
  bare: boolean;
}

export const MANNERS: Manner[] = [false, true].flatMap((escapes) =>
  [true, false].flatMap((bare) => (["*", "_"] as const).map((italic) => ({ italic, escapes, bare }))),
);

// Addresses, handles and topics are copied as they are; a backslash would cut them.
const UNTOUCHED = /((?:https?:\/\/|mailto:|tel:)\S+|(?<![\p{L}\p{N}_])[@#][\p{L}\p{N}][\p{L}\p{N}._-]*)/u;
const SIGNS = /[\\`*[\]<>~]|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
const LINE_START = /^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-{2,}\s*$)/gm;
const NUMBER_START = /^(\s*\d{1,9})([.)])(?=\s|$)/gm;

function escaped(text: string): string {
  const parts = text.split(UNTOUCHED).map((part, at) => (at % 2 ? part : part.replace(SIGNS, "\\$&")));
  return parts.join("").replace(LINE_START, "$1\\$2").replace(NUMBER_START, "$1\\$2").replace(/(?<![\\#])(#+)$/, "\\$1");
}

function ticked(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$|^ .* $/s.test(text) ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

function address(mark: Mark): string {
  const href = String(mark.attrs.href ?? "");
  const title = mark.attrs.title ? ` "${String(mark.attrs.title).replace(/"/g, '\\"')}"` : "";
  return /[\s()<>]|^$/.test(href) ? `(<${href}>${title})` : `(${href}${title})`;
}

const opening = (mark: Mark, italic: string) => ({ bold: "**", strike: "~~", italic, link: "[" })[mark.type.name] ?? "";
const closing = (mark: Mark, italic: string) => (mark.type.name === "link" ? `]${address(mark)}` : opening(mark, italic));

/** For how many pieces from here on a mark lasts: the one that lasts longest is opened first. */
function lasts(all: Piece[], from: number, mark: Mark): number {
  const end = all.findIndex((piece, at) => at >= from && !mark.isInSet(piece.marks));
  return (end < 0 ? all.length : end) - from;
}

export function line(all: Piece[], { italic, escapes, bare }: Manner): string {
  const open: Mark[] = [];
  let out = "";
  const closeTo = (count: number) => {
    while (open.length > count) out += closing(open.pop()!, italic);
  };
  all.forEach((piece, at) => {
    const isAlone = bare && !piece.marks.some((mark) => mark.type.name === "code") && isBareLink(piece.text);
    const marks = piece.marks.filter((mark) => mark.type.name !== "code" && !(isAlone && mark.type.name === "link"));
    const kept = open.findIndex((mark) => !mark.isInSet(marks));
    if (kept >= 0) closeTo(kept);
    const fresh = marks.filter((mark) => !mark.isInSet(open)).sort((a, b) => lasts(all, at, b) - lasts(all, at, a));
    for (const mark of fresh) {
      out += opening(mark, italic);
      open.push(mark);
    }
    const isCode = piece.marks.some((mark) => mark.type.name === "code");
    out += isCode ? ticked(piece.text) : escapes ? escaped(piece.text) : piece.text;
  });
  closeTo(0);
  return out;
}
