/** htmx as Parvis uses it: no eval, our own origin only, 422 shown in place, every other refusal said in words. */
import htmx from "htmx.org";

import { answered, sentForm } from "./answered";
import { csrf } from "./csrf";
import { letGo, morph } from "./morph";
import { tell } from "./toast";
import { word, type Word } from "./words";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  // Pages are private: none is kept in the browser's storage.
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  timeout: 30_000,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

// `hx-swap="morph"`, `morph:outerHTML` and `morph:innerHTML`, without the package's own extension, which evaluates code.
htmx.defineExtension("morph", {
  isInlineSwap: (style: string) => style === "morph" || style === "morph:outerHTML",
  handleSwap: (style: string, target: Node, fragment: Node) => {
    if (!style.startsWith("morph")) return false;
    morph(target as Element, (fragment as DocumentFragment).children, style === "morph:innerHTML" ? "inner" : "outer");
    return [target];
  },
} as never);

const SAID: Record<number, Word> = { 403: "forbidden", 404: "gone", 410: "gone", 413: "too_big", 429: "too_many" };

export function wordOf(status: number): Word {
  return SAID[status] ?? "failed";
}

/** A form that was sent gives way to its answer; one that was accepted starts empty, and not with what was typed. */
export function release(event: Event): void {
  const form = sentForm(event);
  const { target, xhr } = answered(event);
  if (!form || !target.contains(form)) return;
  letGo(form);
  if (xhr.status < 400) form.reset();
}

/** An answer that came from another page than the one asked (sign-in, charter): go there instead of showing it inside. */
export function elsewhere(asked: string, answered: string, text: string): string | null {
  if (!answered || !/^\s*<!doctype html/i.test(text)) return null;
  const [from, to] = [new URL(asked, location.href), new URL(answered, location.href)];
  if (from.pathname === to.pathname) return null;
  // After signing in one wants the page, not the fragment.
  if (to.searchParams.has("next")) to.searchParams.set("next", location.pathname + location.search);
  return to.pathname + to.search;
}

/** The act took its own button away: who works by keyboard goes on from the thing that was changed. */
export function stay(event: Event): void {
  const { target } = answered(event);
  if (!sentForm(event) || !target.isConnected || (document.activeElement ?? document.body) !== document.body) return;
  if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
  (target as HTMLElement).focus({ preventScroll: true });
}

/** « Commenter » brings a field: one writes at once. Not when the focus has gone elsewhere meanwhile. */
export function enter(event: Event): void {
  const { requestConfig, target } = answered(event);
  const asker = requestConfig.elt;
  if (requestConfig.verb !== "get" || !asker.matches("a, button") || document.activeElement !== asker) return;
  target.querySelector<HTMLElement>("textarea:not([hidden]), .ProseMirror")?.focus();
}

export function start(): void {
  document.body.setAttribute("hx-ext", "morph");
  const on = (name: string, act: (event: CustomEvent) => void) => document.addEventListener(name, act as EventListener);
  on("htmx:configRequest", (event) => (event.detail.headers["X-CSRFToken"] = csrf()));
  on("htmx:responseError", ({ detail }) => {
    if (!detail.xhr.getResponseHeader("HX-Trigger")) tell(word(wordOf(detail.xhr.status)), { tone: "error" });
  });
  // A form says it itself, beside its text.
  on("htmx:sendError", (event) => sentForm(event) ?? tell(word("lost"), { tone: "error" }));
  on("htmx:timeout", () => tell(word("timeout"), { tone: "error" }));
  on("htmx:afterSwap", enter);
  on("htmx:afterSettle", stay);
  on("htmx:beforeSwap", (event) => {
    release(event);
    const detail = answered(event);
    const to = elsewhere(detail.pathInfo.requestPath, detail.xhr.responseURL, detail.xhr.responseText);
    if (to) {
      detail.shouldSwap = false;
      location.assign(to);
    }
  });
}
