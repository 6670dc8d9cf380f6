import { expect, test } from "vitest";

import { holdsTyping, morph } from "./morph";
import { page } from "./testing";

test("the element stays the same object and takes the new text", () => {
  const card = page('<article id="c-1" data-version="1"><p>avant</p></article>');
  morph(card, '<article id="c-1" data-version="2"><p>après</p></article>');
  expect(document.getElementById("c-1")).toBe(card);
  expect(card.textContent).toBe("après");
  expect(card.dataset.version).toBe("2");
});

test("what is being typed stays, and so does the focus", () => {
  const card = page('<article id="c-1"><p>1</p><form><textarea id="t" name="text"></textarea></form></article>');
  const field = card.querySelector("textarea")!;
  field.value = "je suis en train";
  field.focus();
  morph(card, '<article id="c-1"><p>2</p><p>3</p><form><textarea id="t" name="text"></textarea></form></article>');
  expect(field.isConnected).toBe(true);
  expect(field.value).toBe("je suis en train");
  expect(document.activeElement).toBe(field);
  expect(holdsTyping(card)).toBe(true);
});

test("a form with a text not sent is not taken away", () => {
  const card = page('<article id="c-1"><form id="f"><textarea name="text"></textarea></form></article>');
  card.querySelector("textarea")!.value = "pas encore envoyé";
  morph(card, '<article id="c-1"><p>fermé aux commentaires</p></article>');
  expect(card.querySelector("textarea")?.value).toBe("pas encore envoyé");
});

test("an open menu stays open", () => {
  const card = page('<article id="c-1"><details id="d" open><summary>…</summary></details></article>');
  morph(card, '<article id="c-1"><details id="d"><summary>…</summary>!</details></article>');
  expect(card.querySelector("details")!.open).toBe(true);
});

test("an older answer changes nothing", () => {
  const card = page('<article id="c-1" data-version="5"><p>5</p></article>');
  morph(card, '<article id="c-1" data-version="4"><p>4</p></article>');
  expect(card.textContent).toBe("5");
});

test("an editor keeps what it made, and shows the error beside it", () => {
  const made = '<textarea hidden></textarea><div data-keep>éditeur</div>';
  const card = page(`<article id="c-1"><rich-editor id="e"><div>${made}</div></rich-editor></article>`);
  morph(card, '<article id="c-1"><rich-editor id="e"><div><textarea required></textarea><p>trop long</p></div></rich-editor></article>');
  expect(card.textContent).toContain("éditeur");
  expect(card.textContent).toContain("trop long");
  const { hidden, required } = card.querySelector("textarea")!;
  expect([hidden, required]).toEqual([true, false]);
});
