import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { FakeSocket, page, passes } from "../testing";
import { Live } from "./live";

const PAGE = `<p class="offline" hidden></p><main><live-news data-topics="a:3" data-version="17"></live-news>
  <article id="c-12" data-live="c:12" data-version="4" data-refresh="/c/12/carte/">4</article></main>`;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.install();
  page(PAGE);
  vi.stubGlobal("fetch", vi.fn(async () => Response.json({ "c:12": 4, "a:3": 17 })));
});
afterEach(() => void (vi.useRealTimers(), vi.unstubAllGlobals(), vi.restoreAllMocks()));

async function connected(): Promise<FakeSocket> {
  new Live().start();
  await passes(300);
  FakeSocket.last.accepts();
  await passes(0);
  return FakeSocket.last;
}

test("the page says what it shows, then what appears and what goes", async () => {
  const socket = await connected();
  expect(socket.sent).toEqual([{ subscribe: { "a:3": 17, "c:12": 4 } }]);
  document.querySelector("article")!.remove();
  document.querySelector("main")!.insertAdjacentHTML("beforeend", '<p data-live="c:13" data-version="1"></p>');
  await passes(300);
  expect(socket.sent.slice(1)).toEqual([{ unsubscribe: ["c:12"] }, { subscribe: { "c:13": 1 } }]);
});

test("a page that shows nothing live opens nothing", async () => {
  page("<main>Connexion</main>");
  new Live().start();
  await passes(5_000);
  expect(FakeSocket.made).toBe(0);
});

test("after a loss it says again what it shows, with the versions shown by then", async () => {
  await connected();
  document.querySelector<HTMLElement>("article")!.dataset.version = "9";
  FakeSocket.last.drops(1012);
  await passes(1_000);
  FakeSocket.last.accepts();
  expect(FakeSocket.last.sent).toEqual([{ subscribe: { "a:3": 17, "c:12": 9 } }]);
});

test("a lost connection is said, and so is its return", async () => {
  const bar = document.querySelector<HTMLElement>(".offline")!;
  await connected();
  vi.mocked(fetch).mockRejectedValue(new TypeError("network"));
  vi.spyOn(Math, "random").mockReturnValue(0.1);
  FakeSocket.last.drops(1006);
  await passes(160);
  expect([bar.hidden, bar.textContent]).toEqual([false, expect.stringContaining("offline")]);
  await passes(1_000);
  FakeSocket.last.accepts();
  expect(bar.textContent).toContain("online");
});

test("where sockets are forbidden it asks every twenty seconds and is not « hors ligne »", async () => {
  new Live().start();
  await passes(300);
  for (const wait of [1_000, 2_000, 4_000]) {
    FakeSocket.last.drops(1006);
    await passes(wait);
  }
  vi.mocked(fetch).mockClear();
  const heard = vi.fn();
  document.addEventListener("live:frame", heard);
  vi.mocked(fetch).mockImplementation(async () => Response.json({ "c:12": 4, "a:3": 18 }));
  await passes(25_000);
  expect(heard.mock.calls[0]![0].detail).toEqual({ topic: "a:3", version: 18 });
  expect(document.querySelector<HTMLElement>(".offline")!.hidden).toBe(true);
});

test("what is lost leaves the page; losing the page itself reloads it", async () => {
  const reload = vi.spyOn(location, "reload").mockImplementation(() => {});
  document.body.dataset.liveMain = "a:3";
  const socket = await connected();
  socket.says({ lost: ["c:12"] });
  expect(document.querySelector("article")).toBeNull();
  expect(reload).not.toHaveBeenCalled();
  socket.says({ lost: ["a:3"] });
  expect(reload).toHaveBeenCalled();
});

test("the end of the session leads to sign-in and back here", async () => {
  const go = vi.spyOn(location, "assign").mockImplementation(() => {});
  history.replaceState(null, "", "/communautes/lyon/");
  const socket = await connected();
  socket.drops(4401);
  expect(go.mock.calls[0]![0]).toMatch(/\/connexion\/\?next=%2Fcommunautes%2Flyon%2F$/);
  const made = FakeSocket.made;
  await passes(120_000);
  expect(FakeSocket.made).toBe(made);
});

test("whoever signs out in this tab gets the answer to that, not our detour", async () => {
  const go = vi.spyOn(location, "assign").mockImplementation(() => {});
  const socket = await connected();
  document.body.insertAdjacentHTML("beforeend", '<form aria-busy="true"></form>');
  socket.drops(4401);
  await passes(1_000);
  expect(go).not.toHaveBeenCalled();
});

test("a short loss that the socket lives through is said, and its return too", async () => {
  await connected();
  const bar = document.querySelector<HTMLElement>(".offline")!;
  window.dispatchEvent(new Event("offline"));
  expect([bar.hidden, bar.textContent]).toEqual([false, expect.stringContaining("offline")]);
  window.dispatchEvent(new Event("online"));
  await passes(50);
  expect(bar.textContent).toContain("online");
});
