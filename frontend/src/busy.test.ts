import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { start } from "./busy";
import { page, passes } from "./testing";

beforeAll(start);
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void (vi.useRealTimers(), vi.restoreAllMocks()));

const FORM = '<form method="post" action="/publier/"><textarea name="text">mon texte</textarea><button class="btn btn-primary">Publier</button></form>';

const answer = (form: Element) => ({
  requestConfig: { elt: form.querySelector("button"), verb: "post" }, xhr: { getResponseHeader: () => null },
});

function submit(form: HTMLFormElement): SubmitEvent {
  const event = new Event("submit", { bubbles: true, cancelable: true }) as SubmitEvent;
  form.dispatchEvent(event);
  return event;
}

test("within a tenth of a second the button works, and a second submit goes nowhere", async () => {
  const form = page<HTMLFormElement>(FORM);
  expect(submit(form).defaultPrevented).toBe(false);
  await passes(100);
  const button = form.querySelector("button")!;
  expect(button.textContent).toMatch(/^busy/);
  expect([button.getAttribute("aria-disabled"), button.disabled]).toEqual(["true", false]);
  expect(submit(form).defaultPrevented).toBe(true);
});

test("a quick answer shows no ring", async () => {
  const form = page<HTMLFormElement>(FORM.replace("<form", '<form hx-post="/publier/"'));
  submit(form);
  form.dispatchEvent(new CustomEvent("htmx:afterRequest", { bubbles: true, detail: answer(form) }));
  await passes(200);
  expect(form.querySelector("button")!.textContent).toBe("Publier");
  expect(form.hasAttribute("aria-busy")).toBe(false);
});

test("a failure gives the button back, keeps the text and says so in the form", async () => {
  const form = page<HTMLFormElement>(FORM.replace("<form", '<form hx-post="/publier/"'));
  submit(form);
  await passes(100);
  const detail = answer(form);
  form.dispatchEvent(new CustomEvent("htmx:sendError", { bubbles: true, detail }));
  form.dispatchEvent(new CustomEvent("htmx:afterRequest", { bubbles: true, detail }));
  expect(form.querySelector("button")!.textContent).toBe("Publier");
  expect(form.querySelector("textarea")!.value).toBe("mon texte");
  expect(form.querySelector("[role=alert]")!.textContent).toMatch(/^lost/);
});

test("without a network a form of a plain page does not leave for an error page", () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  const form = page<HTMLFormElement>(FORM);
  expect(submit(form).defaultPrevented).toBe(true);
  expect(form.querySelector("[role=alert]")).not.toBeNull();
});

test("a page that comes back is not busy any more", async () => {
  const form = page<HTMLFormElement>(FORM);
  submit(form);
  await passes(100);
  window.dispatchEvent(new Event("pageshow"));
  expect(form.querySelector("button")!.textContent).toBe("Publier");
});

test("the second click of a double click presses nothing", () => {
  const button = page<HTMLFormElement>(FORM).querySelector("button")!;
  const click = (detail: number) => !button.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, detail }));
  expect([click(0), click(1), click(2)]).toEqual([false, false, true]);
});
