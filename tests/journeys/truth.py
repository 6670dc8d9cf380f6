"""A page that heard of changes must be the page that one would get by asking for it again."""

import time
from difflib import unified_diff

from playwright.sync_api import Page

# The main column as lines of text and attributes. Left out: what is new in every answer (keys, tokens), the words of
# relative times, what the reader has opened (menus), where the focus was put, what a script keeps beside a field it
# serves, and from where the pill goes on.
_AS_LINES = """() => {
  const copy = document.implementation.createHTMLDocument().importNode(document.querySelector('main'), true);
  copy.querySelectorAll('.pop, live-news').forEach(place => place.replaceChildren());
  copy.querySelectorAll('.lost, form [data-keep]').forEach(made => made.remove());
  copy.normalize();
  const lines = [];
  const draw = (node, depth) => {
    const indent = ' '.repeat(depth);
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.data.replace(/\\s+/g, ' ').trim();
      if (text) lines.push(indent + text);
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const isSecret = node.matches('input[name=key], input[name=csrfmiddlewaretoken]');
    const said = [...node.attributes].flatMap(({name, value}) => {
      if (/^(tabindex|aria-(busy|expanded|disabled|autocomplete|controls|activedescendant))$/.test(name)) return [];
      if (isSecret && name === 'value') return [];
      if (node.matches('live-news') && ['role', 'data-version', 'data-since'].includes(name)) return [];
      if (node.matches('time') && name === 'title') return [];
      if (name === 'class') value = value.split(/\\s+/).filter(word => word && !word.startsWith('htmx-')).join(' ');
      if (['class', 'style'].includes(name) && !value) return [];
      return [`${name}=${value}`];
    });
    lines.push(indent + [node.localName, ...said.sort()].join(' '));
    if (!node.matches('time')) for (const child of node.childNodes) draw(child, depth + 1);
  };
  draw(copy, 0);
  return lines;
}"""


def lines_of(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_AS_LINES)
    return found


def assert_live_equals_reload(page: Page, *, within: float = 6) -> None:
    """Compares with the same address opened beside it, in the same session, until both agree.

    The page itself stays as it is: a journey goes on listening on it.
    """
    deadline = time.monotonic() + within
    beside = page.context.new_page()
    try:
        beside.goto(page.url)
        while (live := lines_of(page)) != (again := lines_of(beside)):
            assert time.monotonic() < deadline, "live (-), reloaded (+)\n" + "\n".join(unified_diff(live, again, n=2))
            page.wait_for_timeout(250)
            beside.reload()
    finally:
        beside.close()
