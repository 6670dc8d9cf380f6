"""The floor of the feed bench: one frozen SQL statement and a `str.join`, behind the same port as the product.

It belongs to the bench and must not follow the product: it reads the plain rows only, none of the figures that the
product keeps beside them (comments are counted from comments, reactions from reactions), so that a cleverer page shows
as a better ratio. What it gives: twenty publications of the reader's audiences before a place, with their authors, the
number of comments, the reactions by kind, the names of the last two who reacted, the reader's own reaction; and the
last two comments of each with the same. Values are escaped and joined with constant markup into at least as many bytes
as the product's page.

What it leaves out, which the product must do: signing in, what the reader may see (the audiences are handed to it),
names hidden from guests, links to people in texts, languages, words for times, templates, headers, logs.

Frozen on 2026-11-21, in the best SQL known that day for these indexes. Change it only with a new date here and new
figures in docs/benchmarks.md.
"""

import json
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django.db import connection

# The newest of each audience, then again and again the next of the audience one took from.
_SQLITE = """
WITH RECURSIVE f(audience_id, published_at, id) AS (
  SELECT c.audience_id, c.published_at, c.id FROM json_each(%s) a CROSS JOIN contributions_contribution c ON c.id = (
    SELECT id FROM contributions_contribution WHERE audience_id = a.value AND family = 1 AND deleted_at IS NULL
    AND (published_at, id) < (%s, %s) ORDER BY published_at DESC, id DESC LIMIT 1)
  UNION ALL
  SELECT c.audience_id, c.published_at, c.id FROM f CROSS JOIN contributions_contribution c ON c.id = (
    SELECT id FROM contributions_contribution WHERE audience_id = f.audience_id AND family = 1 AND deleted_at IS NULL
    AND (published_at, id) < (f.published_at, f.id) ORDER BY published_at DESC, id DESC LIMIT 1)
  ORDER BY 2 DESC, 3 DESC LIMIT 20)
SELECT {columns} FROM f CROSS JOIN contributions_contribution c ON c.id = f.id OR c.id IN (
  SELECT id FROM contributions_contribution WHERE root_id = f.id AND deleted_at IS NULL ORDER BY id DESC LIMIT 2)
JOIN people_person p ON p.id = c.author_id
ORDER BY f.published_at DESC, f.id DESC, c.id
"""
# The twentieth of the newest ones bounds the page: audiences with nothing after it are not read.
_POSTGRESQL = """
WITH h AS MATERIALIZED (
  SELECT a.id, n.published_at FROM unnest(%s::bigint[]) AS a(id) CROSS JOIN LATERAL (
    SELECT published_at FROM contributions_contribution WHERE audience_id = a.id AND family = 1
    AND deleted_at IS NULL AND (published_at, id) < (%s, %s) ORDER BY published_at DESC, id DESC LIMIT 1) n),
f AS MATERIALIZED (
  SELECT n.published_at, n.id FROM (SELECT id FROM h ORDER BY published_at DESC FETCH FIRST 20 ROWS WITH TIES) h
  CROSS JOIN LATERAL (
    SELECT published_at, id FROM contributions_contribution WHERE audience_id = h.id AND family = 1
    AND deleted_at IS NULL AND (published_at, id) < (%s, %s) ORDER BY published_at DESC, id DESC LIMIT 20) n
  ORDER BY n.published_at DESC, n.id DESC LIMIT 20)
SELECT {columns} FROM f CROSS JOIN LATERAL (
  SELECT * FROM contributions_contribution WHERE id = f.id UNION ALL
  (SELECT * FROM contributions_contribution WHERE root_id = f.id AND deleted_at IS NULL ORDER BY id DESC LIMIT 2)) c
JOIN people_person p ON p.id = c.author_id
ORDER BY f.published_at DESC, f.id DESC, c.id
"""
_COLUMNS = """c.id, c.root_id, c.title, c.html, c.published_at, p.id, p.name,
  CASE WHEN c.root_id IS NULL THEN (
    SELECT count(*) FROM contributions_contribution m WHERE m.root_id = c.id AND m.deleted_at IS NULL) END,
  (SELECT {join}(k.kind || ' ' || k.n, ', ') FROM (
    SELECT kind, count(*) AS n FROM contributions_reaction WHERE contribution_id = c.id GROUP BY kind) k),
  (SELECT {join}(w.name, ', ') FROM (
    SELECT q.name FROM contributions_reaction r JOIN people_person q ON q.id = r.person_id
    WHERE r.contribution_id = c.id ORDER BY r.reacted_at DESC, r.id DESC LIMIT 2) w),
  (SELECT kind FROM contributions_reaction o WHERE o.contribution_id = c.id AND o.person_id = %s)"""
_STATEMENTS = {
    "sqlite": _SQLITE.format(columns=_COLUMNS.format(join="group_concat")),
    "postgresql": _POSTGRESQL.format(columns=_COLUMNS.format(join="string_agg")),
}

# Markup of the weight that inline drawings and forms have in such a page, frozen too.
_ICON = (
    '<svg class="i" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
    'stroke-linejoin="round" aria-hidden="true"><path d="M15 5.88 14 10h5.83a2 2 0 0 1 1.92 2.56l-2.33 8A2 2 0 0 1 '
    '17.5 22H4a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2h2.76a2 2 0 0 0 1.79-1.11L12 2a3.13 3.13 0 0 1 3 3.88Z"/></svg>'
)
_FORM = (
    '<form method="post" action="/reactions/{0}/"><input type="hidden" name="token" value="{0}{0}{0}{0}{0}{0}{0}">'
    f'<button name="on" value="1" class="btn btn-ghost" aria-pressed="false">{_ICON}{{1}}</button></form>'
)
_WORDS = ("like", "J’aime"), ("thanks", "Merci"), ("bravo", "Bravo"), ("useful", "Utile"), ("idea", "Idée")
_ACTS = "".join(_FORM.format(kind, word) for kind, word in _WORDS)
_ACT = _FORM.format("like", "J’aime") + '<a href="/commentaires/">Répondre</a>'
_HEAD = (
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Fil</title><link rel="stylesheet" '
    f'href="/s.css"></head><body><header class="top">{_ICON * 12}</header><nav>{_ICON * 12}</nav><main id="main">'
)
_NOTE = f'<li><a href="/aide/">{_ICON}<span>Ce que l’entreprise voit, et ce qu’elle ne voit pas</span></a></li>'
_FOOT = "</ul></footer></body></html>"


def page(person_id: int, audience_ids: list[int], at: str, before_id: int, least_bytes: int) -> bytes:
    """The twenty publications before a place, as HTML of at least `least_bytes`."""
    values: list[Any] = [json.dumps(audience_ids), at, before_id, person_id]
    if connection.vendor == "postgresql":
        values = [f"{{{','.join(map(str, audience_ids))}}}", at, before_id, at, before_id, person_id]
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENTS[connection.vendor], values)
        rows = cursor.fetchall()
    parts = [_HEAD]
    for pk, root, title, html, published_at, author_id, author, comments, kinds, names, mine in rows:
        parts += (
            f'<article class="{"cm" if root else "c"}" id="c-{pk}">{_ICON}',
            f'<a class="name" href="/personnes/{author_id}/"><b>{escape(author)}</b></a>',
            f'<a href="/c/{pk}/"><time>{published_at}</time></a>',
            _ACT if root else f"<h2>{escape(title)}</h2>{_ACTS}",
            f'<div class="prose">{html}</div><p class="sum">{_ICON}{escape(kinds or "")} {escape(names or "")} '
            f"<b>{mine or ''}</b> <span>{comments or ''}</span></p></article>",
        )
    parts.append("</main><footer><ul>")
    body = "".join(parts)
    notes = 1 + max(0, least_bytes - len(body)) // len(_NOTE)  # a character is a byte at least
    return (body + _NOTE * notes + _FOOT).encode()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """WSGI: the arguments of `page` as JSON in the query, percent-encoding left out by the bench."""
    arguments = json.loads(bytes.fromhex(environ["QUERY_STRING"]))
    body = page(**arguments)
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
