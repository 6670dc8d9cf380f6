import { afterEach, beforeAll, expect, test, vi } from "vitest";

import { composerIn, start } from "./publish";
import { page, passes } from "./testing";

beforeAll(start);
afterEach(() => void (vi.unstubAllGlobals(), vi.restoreAllMocks()));

const COMPOSER = `<!doctype html><html><body><h1>Publier</h1><form class="composer card" action="/publier/" method="post" data-draft="publish">
  <textarea name="text"></textarea><button>Publier</button></form></body></html>`;
const answers = (html: string) => vi.stubGlobal("fetch", vi.fn(async () => new Response(html)));

async function press(more: MouseEventInit = {}): Promise<MouseEvent> {
  const click = new MouseEvent("click", { bubbles: true, cancelable: true, ...more });
  document.querySelector("a")!.dispatchEvent(click);
  await passes(5);
  return click;
}

test("the composer opens over the page, ready to write", async () => {
  page('<a href="/publier/?pour=lyon" data-publish>Publier</a>');
  answers(COMPOSER);
  expect((await press()).defaultPrevented).toBe(true);
  const dialog = document.querySelector("dialog")!;
  expect([dialog.open, dialog.querySelector("h2")!.textContent]).toEqual([true, "Publier"]);
  expect(document.activeElement!.tagName).toBe("TEXTAREA");
});

test("closed and opened again it still holds the text, without asking again", async () => {
  page('<a href="/publier/" data-publish>Publier</a>');
  answers(COMPOSER);
  await press();
  document.querySelector("textarea")!.value = "en cours";
  document.querySelector<HTMLElement>("dialog header button")!.click();
  await press();
  expect([document.querySelector("textarea")!.value, vi.mocked(fetch).mock.calls.length]).toEqual(["en cours", 1]);
});

test("another page than the composer is gone to", async () => {
  page('<a href="/publier/" data-publish>Publier</a>');
  answers("<!doctype html><html><body><h1>Connexion</h1></body></html>");
  const go = vi.spyOn(location, "assign").mockImplementation(() => {});
  await press();
  expect(document.querySelector("dialog")).toBeNull();
  expect(String(go.mock.calls[0]![0])).toMatch(/\/publier\/$/);
});

test("with Ctrl the link opens its page in a tab", async () => {
  page('<a href="#publier" data-publish>Publier</a>');
  expect((await press({ ctrlKey: true })).defaultPrevented).toBe(false);
});

test("Enter in the title goes on to the text", () => {
  page('<form><textarea class="ti" name="title"></textarea><textarea name="text"></textarea></form>');
  const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
  document.querySelector(".ti")!.dispatchEvent(enter);
  expect([enter.defaultPrevented, (document.activeElement as HTMLTextAreaElement).name]).toEqual([true, "text"]);
});

test("the title of the page is the title of the dialog", () => {
  expect(composerIn(COMPOSER)!.title).toBe("Publier");
});
