"""The floor of the feed bench: one frozen SQL statement and a `str.join`, behind the same port as the product.

It belongs to the bench and must not follow the product: the same rows (twenty publications with authors, counts, own
reactions and last two comments), joined into at least as many bytes as the product's page. No sign-in, no template.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

# Frozen on 2026-11-21.
_ONE = (
    "SELECT * FROM (SELECT published_at, id FROM contributions_contribution WHERE audience_id = %s AND family = 1 "
    "AND deleted_at IS NULL AND (published_at, id) < (%s, %s) ORDER BY published_at DESC, id DESC LIMIT 20)"
)
_SQLITE = """
WITH f AS MATERIALIZED (SELECT published_at, id FROM ({union}) ORDER BY published_at DESC, id DESC LIMIT 20)
SELECT f.published_at, f.id, c.id, c.title, c.html, c.comment_count, c.reaction_tally, p.name, r.kind
FROM f JOIN contributions_contribution c ON c.id = f.id OR c.id IN (
  SELECT id FROM contributions_contribution WHERE root_id = f.id AND deleted_at IS NULL ORDER BY id DESC LIMIT 2)
JOIN people_person p ON p.id = c.author_id
LEFT JOIN contributions_reaction r ON r.contribution_id = c.id AND r.person_id = %s
ORDER BY f.published_at DESC, f.id DESC, c.id
"""
_POSTGRESQL = """
WITH f AS MATERIALIZED (
  SELECT n.published_at, n.id FROM unnest(%s::bigint[]) AS a(id) CROSS JOIN LATERAL (
    SELECT published_at, id FROM contributions_contribution WHERE audience_id = a.id AND family = 1
    AND deleted_at IS NULL AND (published_at, id) < (%s, %s) ORDER BY published_at DESC, id DESC LIMIT 20) n
  ORDER BY n.published_at DESC, n.id DESC LIMIT 20)
SELECT f.published_at, f.id, c.id, c.title, c.html, c.comment_count, c.reaction_tally, p.name, r.kind
FROM f CROSS JOIN LATERAL (
  SELECT * FROM contributions_contribution WHERE id = f.id UNION ALL
  (SELECT * FROM contributions_contribution WHERE root_id = f.id AND deleted_at IS NULL ORDER BY id DESC LIMIT 2)) c
JOIN people_person p ON p.id = c.author_id
LEFT JOIN contributions_reaction r ON r.contribution_id = c.id AND r.person_id = %s
ORDER BY f.published_at DESC, f.id DESC, c.id
"""


def page(person_id: int, audience_ids: list[int], at: str, before_id: int, least_bytes: int) -> bytes:
    """The rows as HTML, padded to `least_bytes`."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL, [audience_ids, at, before_id, person_id])
        else:
            statement = _SQLITE.format(union=" UNION ALL ".join([_ONE] * len(audience_ids)))
            values = [value for audience in audience_ids for value in (audience, at, before_id)]
            cursor.execute(statement, [*values, person_id])
        rows = cursor.fetchall()
    parts = [
        f"<article id=c-{row[2]}><b>{row[7]}</b><time>{row[0]}</time><h2>{row[3]}</h2>{row[4]}"
        f"<p>{row[5]} {row[6]} {row[8]}</p></article>"
        for row in rows
    ]
    body = "".join(parts).encode()
    return body + b" " * max(0, least_bytes - len(body))


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """WSGI: the arguments of `page` as JSON in the query, percent-encoding left out by the bench."""
    arguments = json.loads(bytes.fromhex(environ["QUERY_STRING"]))
    body = page(**arguments)
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
    return [body]
