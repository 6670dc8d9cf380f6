import { afterEach, expect, test, vi } from "vitest";

import { passes } from "../testing";
import { look, Rounds } from "./polling";

const shown = new Map([["c:12", 4], ["a:3", 17]]);
const answers = (make: () => Response | Promise<never>) => vi.stubGlobal("fetch", vi.fn(async () => make()));

afterEach(() => void (vi.useRealTimers(), vi.unstubAllGlobals()));

test("it says what is newer and what is no longer for this reader", async () => {
  answers(() => Response.json({ "c:12": 5 }));
  expect(await look("/live/versions/", shown))
    .toEqual({ state: "reached", frames: [{ topic: "c:12", version: 5 }], lost: ["a:3"] });
  expect(vi.mocked(fetch).mock.calls[0]![0]).toBe("/live/versions/?t=c%3A12%2Ca%3A3");
});

test("a lost network and a broken server are one, the end of the session another", async () => {
  answers(() => Promise.reject(new TypeError("network")));
  expect((await look("/", shown)).state).toBe("unreachable");
  answers(() => new Response("", { status: 502 }));
  expect((await look("/", shown)).state).toBe("unreachable");
  answers(() => new Response("", { status: 401 }));
  expect((await look("/", shown)).state).toBe("signed out");
});

test("rounds go on until they are stopped, one set of them", async () => {
  vi.useFakeTimers();
  const act = vi.fn();
  const rounds = new Rounds(act);
  rounds.start();
  rounds.start();
  await passes(50_000);
  expect(act.mock.calls.length).toBeGreaterThanOrEqual(2);
  expect(act.mock.calls.length).toBeLessThanOrEqual(3);
  rounds.stop();
  act.mockClear();
  await passes(60_000);
  expect(act).not.toHaveBeenCalled();
});
