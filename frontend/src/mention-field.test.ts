import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { start } from "./mention-field";
import { key, page, passes } from "./testing";

beforeAll(start);
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", vi.fn(async () => Response.json({ people: [{ handle: "amina.b", name: "Amina" }], topics: ["soudage"] })));
  page('<form><textarea name="text"></textarea></form>');
  field().dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
});
afterEach(() => void (vi.useRealTimers(), vi.unstubAllGlobals()));

const field = () => document.querySelector("textarea")!;

async function type(text: string): Promise<void> {
  field().value = text;
  field().setSelectionRange(text.length, text.length);
  field().dispatchEvent(new Event("input", { bubbles: true }));
  await passes(130);
}

test("the chosen person takes the place of the letters", async () => {
  await type("Merci @am");
  expect(key(field(), "Enter").defaultPrevented).toBe(true);
  expect(field().value).toBe("Merci @amina.b ");
});

test("a topic too", async () => {
  await type("Voir #sou");
  key(field(), "Tab");
  expect(field().value).toBe("Voir #soudage ");
});

test("Enter is a new line as long as nothing is proposed", async () => {
  await type("Merci amina@vauban");
  expect(key(field(), "Enter").defaultPrevented).toBe(false);
  expect(fetch).not.toHaveBeenCalled();
});

test("Escape leaves the letters as they are", async () => {
  await type("Merci @am");
  key(field(), "Escape");
  expect(key(field(), "Enter").defaultPrevented).toBe(false);
  expect(field().value).toBe("Merci @am");
});

test("the editor's own textarea proposes nothing", async () => {
  page('<rich-editor><textarea name="text"></textarea></rich-editor>');
  field().dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
  await type("Merci @am");
  expect(document.querySelector("[role=listbox]")).toBeNull();
});
