import { expect, test, vi } from "vitest";

import { look } from "./editor-loader";
import { page, passes } from "./testing";

test("the editor is fetched once, by a page that has one, and again if that failed", async () => {
  const load = vi.fn(async (): Promise<unknown> => Promise.reject(new TypeError("network")));
  page("<textarea></textarea>");
  look(document, load);
  expect(load).not.toHaveBeenCalled();
  page("<rich-editor><textarea></textarea></rich-editor>");
  look(document, load);
  await passes();
  load.mockImplementation(async () => undefined);
  look(document, load);
  look(document, load);
  expect(load).toHaveBeenCalledTimes(2);
});
