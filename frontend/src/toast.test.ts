import htmx from "htmx.org";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { start, tell } from "./toast";
import { page, passes } from "./testing";

const SHELF = `<div class="toasts" id="told" role="status"></div><template id="toast"><div class="toast"><span data-text></span>
  <form method="post" data-undo><input name="csrfmiddlewaretoken"><button>Annuler</button></form></div></template>`;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void (vi.useRealTimers(), vi.restoreAllMocks()));

test("what an htmx answer told is said, and goes after eight seconds", async () => {
  const shelf = page(SHELF);
  start();
  document.body.dispatchEvent(new CustomEvent("told", { bubbles: true, detail: { text: "Publié", undo: null } }));
  expect(shelf.textContent).toContain("Publié");
  expect(shelf.querySelector("form")).toBeNull();
  await passes(7_900);
  expect(shelf.children.length).toBe(1);
  await passes(200);
  expect(shelf.children.length).toBe(0);
});

test("undo posts to its address with the token", () => {
  const post = vi.spyOn(htmx, "ajax").mockResolvedValue(undefined as never);
  page(SHELF);
  const toast = tell("Supprimé", { undo: "/c/12/retablir/" })!;
  const form = toast.querySelector("form")!;
  expect(form.querySelector("input")!.value).toBe("secret-token");
  form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  expect(post.mock.calls[0]!.slice(0, 2)).toEqual(["post", "/c/12/retablir/"]);
  expect(toast.isConnected).toBe(false);
});

test("it waits while the pointer or the focus is on it", async () => {
  const shelf = page(SHELF);
  const toast = tell("Lisez-moi")!;
  toast.dispatchEvent(new Event("pointerenter"));
  await passes(60_000);
  expect(shelf.children.length).toBe(1);
  toast.dispatchEvent(new Event("pointerleave"));
  await passes(8_100);
  expect(shelf.children.length).toBe(0);
});

test("the one that the server rendered leaves too, and never more than three stay", async () => {
  const shelf = page('<div class="toasts" id="told"><div class="toast">Enregistré</div></div>');
  start();
  for (const n of [1, 2, 3]) tell(`fait ${n}`);
  expect([...shelf.children].map((toast) => toast.textContent)).toEqual(["fait 1", "fait 2", "fait 3"]);
});
