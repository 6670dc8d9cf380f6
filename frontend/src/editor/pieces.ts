/** A line of the document as pieces of text with their marks, where no mark begins or ends with a space: `** a**` is no bold. */
import type { Mark, Node } from "@tiptap/pm/model";

import { BEFORE } from "./dialect";

export interface Piece {
  text: string;
  marks: readonly Mark[];
}

/** What would lengthen the handle it follows. */
const LENGTHENS = /^[._-]*[A-Za-z0-9]/;

const same = (a: readonly Mark[], b: readonly Mark[]) => a.length === b.length && a.every((mark) => mark.isInSet(b));
const common = (a: readonly Mark[], b: readonly Mark[]) => a.filter((mark) => mark.isInSet(b));
const isCode = (piece: Piece) => piece.marks.some((mark) => mark.type.name === "code");

/** Mentions are `@handle`, breaks are line ends; a handle keeps clear of its neighbours. */
function textOf(nodes: readonly Node[]): Piece[] {
  const pieces: Piece[] = [];
  let before = "";
  let wasMention = false;
  for (const node of nodes) {
    const isMention = node.type.name === "mention";
    let text = isMention ? `@${node.attrs.handle as string}` : node.type.name === "hardBreak" ? "\n" : (node.text ?? "");
    if ((isMention && BEFORE.test(before)) || (wasMention && LENGTHENS.test(text))) text = ` ${text}`;
    pieces.push({ text, marks: node.marks });
    before = text;
    wasMention = isMention;
  }
  return pieces;
}

/** Cuts the spaces at both ends of marked pieces off; they keep the marks that both neighbours have. */
export function pieces(nodes: readonly Node[]): Piece[] {
  const cut = textOf(nodes).flatMap((piece): Piece[] => {
    if (isCode(piece)) return [piece];
    const [, head, body, tail] = /^(\s*)(.*?)(\s*)$/s.exec(piece.text)!;
    return [{ text: head!, marks: [] }, { text: body!, marks: piece.marks }, { text: tail!, marks: [] }];
  });
  const solid = cut.filter((piece) => piece.text);
  const found: Piece[] = [];
  solid.forEach((piece, at) => {
    const isSpace = !piece.text.trim() && !isCode(piece);
    const next = solid.slice(at + 1).find((other) => other.text.trim());
    const last = found.at(-1);
    const marks = isSpace ? common(last?.marks ?? [], next?.marks ?? []) : piece.marks;
    if (last && same(last.marks, marks)) last.text += piece.text;
    else found.push({ text: piece.text, marks });
  });
  return trimmed(found);
}

/** Markdown drops the spaces (not the no-break ones) at the ends of lines. */
function trimmed(found: Piece[]): Piece[] {
  found.forEach((piece, at) => {
    if (isCode(piece)) return;
    piece.text = piece.text.replace(/[ \t]*\n[ \t]*/g, "\n");
    if (at === 0) piece.text = piece.text.replace(/^[ \t\n]+/, "");
    if (at === found.length - 1) piece.text = piece.text.replace(/[ \t\n]+$/, "");
  });
  return found.filter((piece) => piece.text);
}
