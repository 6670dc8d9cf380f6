import { beforeAll, beforeEach, expect, test, vi } from "vitest";

import { key, page, passes } from "../testing";
import { start } from "./rich-editor";

beforeAll(start);
beforeEach(() => void vi.restoreAllMocks());

const FORM = (text = "", more = "") => `<form><label for="t">Votre texte</label><rich-editor data-people='{"Jean_Paul":"Jean-Paul Martin"}'>
  <textarea id="t" name="text" required placeholder="Écrivez">${text}</textarea></rich-editor>${more}<button>Publier</button></form>`;
const field = () => document.querySelector("textarea")!;
const text = () => document.querySelector<HTMLElement>(".ProseMirror")!;

test("the textarea gives way, named and described as it was, and keeps what it held", () => {
  page(FORM("Bonjour **toutes**, @jean_paul"));
  expect([field().hidden, field().required, field().value]).toEqual([true, false, "Bonjour **toutes**, @jean_paul"]);
  expect(["role", "aria-label", "aria-required", "aria-multiline"].map((name) => text().getAttribute(name)))
    .toEqual(["textbox", "Votre texte", "true", "true"]);
  expect(text().querySelector("strong")!.textContent).toBe("toutes");
  expect(text().querySelector(".mention")!.textContent).toBe("@Jean-Paul Martin");
});

test("a draft that comes back is shown, and an emptied form empties the text", async () => {
  page(FORM());
  field().value = "## Brouillon";
  field().dispatchEvent(new Event("input", { bubbles: true }));
  expect(text().querySelector("h3")!.textContent).toBe("Brouillon");
  document.querySelector("form")!.reset();
  await passes(5);
  expect(text().textContent).toBe("");
});

test("the tools go where the form keeps a place for them", () => {
  page(FORM("", '<div data-tools></div>'));
  expect(document.querySelectorAll("[data-tools] .tools button").length).toBe(3);
  expect(document.querySelector<HTMLElement>("rich-editor .tool-bar")!.hidden).toBe(true);
});

test("« Mise en forme » opens the bar, and it is still open the next time", () => {
  page(FORM());
  document.querySelector<HTMLElement>(".tools [aria-expanded]")!.click();
  page(FORM());
  expect(document.querySelector<HTMLElement>(".tool-bar")!.hidden).toBe(false);
});

test("taken out of the page it leaves the textarea as it found it", async () => {
  page(FORM("texte"));
  const editor = document.querySelector("rich-editor")!;
  editor.remove();
  await passes();
  expect([editor.querySelector("textarea")!.hidden, editor.querySelector("[data-keep]")]).toEqual([false, null]);
});

test("Escape closes the dialog around, and Ctrl+Enter sends its form", () => {
  page(`<dialog open>${FORM("texte")}</dialog>`);
  const sent = vi.fn((event: Event) => event.preventDefault());
  document.querySelector("form")!.requestSubmit = () => sent(new Event("submit"));
  key(text(), "Enter", { ctrlKey: true });
  expect(sent).toHaveBeenCalledOnce();
  key(text(), "Escape");
  expect(document.querySelector("dialog")!.open).toBe(false);
});
