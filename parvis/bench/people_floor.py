"""The floor of the bench of people: two frozen SQL statements and a `str.join`, behind the same port as the product.

It belongs to the bench and must not follow the product. What it gives: the first twenty-four people whom a reader may
see, by name, with what each can do and says of the moment; and how many hold each value of five facets (site, team,
role, skill, language), counted afresh; the first eight of each as boxes to tick. All as constant markup of at least as
many bytes as the product's page. A choice of one site narrows it as the product narrows it: the sites are counted
without it.

What it leaves out, which the product must do: signing in, what the reader may see (a guest's audiences are handed to
it), skills merged into others, communities, typed words, names of skills and languages in two languages, words for
times, templates, headers, logs.

Frozen on 2026-11-22, in the best SQL known that day for these indexes. Change it only with a new date here and new
figures in docs/benchmarks.md.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django.db import connection

_HERE = "p.activated_at IS NOT NULL AND p.suspended_at IS NULL"
_GUEST = {
    "sqlite": "p.id IN (SELECT person_id FROM audiences_audiencemember "
    "WHERE audience_id IN (SELECT value FROM json_each(%s)))",
    "postgresql": "p.id IN (SELECT person_id FROM audiences_audiencemember WHERE audience_id = ANY(%s::bigint[]))",
}
_JOIN = {"sqlite": "group_concat", "postgresql": "string_agg"}
_ROWS = """
SELECT p.id, p.name, p.title, p.unit, p.site, p.photo_id, m.state, m.word, (
  SELECT {join}(s.name_fr, ', ') FROM people_hasskill h JOIN people_skill s ON s.id = h.skill_id
  WHERE h.person_id = p.id)
FROM people_person p LEFT JOIN people_presence m ON m.person_id = p.id
WHERE {here} AND {narrow} ORDER BY p.sort_key, p.id LIMIT 25
"""
# Of everybody: by the indexes of those who are here, and all skills less those of the few who are not.
_EVERYBODY = f"""
SELECT 'total', '', count(*) FROM people_person p WHERE {_HERE} UNION ALL
SELECT 'site', site, count(*) FROM people_person p WHERE {_HERE} GROUP BY site UNION ALL
SELECT 'unit', unit, count(*) FROM people_person p WHERE {_HERE} GROUP BY unit UNION ALL
SELECT 'title', title, count(*) FROM people_person p WHERE {_HERE} GROUP BY title UNION ALL
SELECT 'skill', CAST(skill_id AS {{text}}), n FROM (
  SELECT skill_id, count(*) AS n FROM people_hasskill GROUP BY skill_id) a UNION ALL
SELECT '-skill', CAST(skill_id AS {{text}}), count(*) FROM people_hasskill WHERE person_id IN (
  SELECT id FROM people_person WHERE activated_at IS NULL OR suspended_at IS NOT NULL) GROUP BY skill_id UNION ALL
SELECT 'language', code, count(*) FROM people_spokenlanguage GROUP BY code UNION ALL
SELECT '-language', code, count(*) FROM people_spokenlanguage WHERE person_id IN (
  SELECT id FROM people_person WHERE activated_at IS NULL OR suspended_at IS NOT NULL) GROUP BY code
"""  # noqa: S608
# Of fewer: those who are meant once, then each facet of them.
_SOME = f"""
WITH seen AS MATERIALIZED (SELECT p.id, p.site, p.unit, p.title FROM people_person p WHERE {_HERE} AND {{visible}}),
meant AS MATERIALIZED (SELECT p.id, p.site, p.unit, p.title FROM seen p WHERE {{site}})
SELECT 'total', '', count(*) FROM meant UNION ALL
SELECT 'site', site, count(*) FROM seen GROUP BY site UNION ALL
SELECT 'unit', unit, count(*) FROM meant GROUP BY unit UNION ALL
SELECT 'title', title, count(*) FROM meant GROUP BY title UNION ALL
SELECT 'skill', CAST(h.skill_id AS {{text}}), count(*) FROM meant JOIN people_hasskill h ON h.person_id = meant.id
GROUP BY h.skill_id UNION ALL
SELECT 'language', l.code, count(*) FROM meant JOIN people_spokenlanguage l ON l.person_id = meant.id GROUP BY l.code
"""  # noqa: S608
# A colleague at one site: the sites of all by their index, the rest of those who are there.
_AT_SITE = f"""
WITH meant AS MATERIALIZED (SELECT p.id, p.unit, p.title FROM people_person p WHERE {_HERE} AND p.site = %s)
SELECT 'total', '', count(*) FROM meant UNION ALL
SELECT 'site', site, count(*) FROM people_person p WHERE {_HERE} GROUP BY site UNION ALL
SELECT 'unit', unit, count(*) FROM meant GROUP BY unit UNION ALL
SELECT 'title', title, count(*) FROM meant GROUP BY title UNION ALL
SELECT 'skill', CAST(h.skill_id AS {{text}}), count(*) FROM meant JOIN people_hasskill h ON h.person_id = meant.id
GROUP BY h.skill_id UNION ALL
SELECT 'language', l.code, count(*) FROM meant JOIN people_spokenlanguage l ON l.person_id = meant.id GROUP BY l.code
"""  # noqa: S608

_ICON = (
    '<svg class="i" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" '
    'stroke-linejoin="round" aria-hidden="true"><path d="M15 5.88 14 10h5.83a2 2 0 0 1 1.92 2.56l-2.33 8A2 2 0 0 1 '
    '17.5 22H4a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2h2.76a2 2 0 0 0 1.79-1.11L12 2a3.13 3.13 0 0 1 3 3.88Z"/></svg>'
)
_HEAD = (
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Annuaire</title><link rel="stylesheet" '
    f'href="/s.css"></head><body><header class="top">{_ICON * 8}</header><nav>{_ICON * 8}</nav><main id="main">'
)
_NOTE = f'<li><a href="/aide/">{_ICON}<span>Ce que l’entreprise voit, et ce qu’elle ne voit pas</span></a></li>'
_FOOT = "</ul></footer></body></html>"


def page(audience_ids: list[int] | None, site: str, least_bytes: int) -> bytes:
    """The first page as HTML of at least `least_bytes`. `audience_ids`: of a guest, else None; `site`: "" for all."""
    vendor = connection.vendor
    said = (
        f"{{{','.join(map(str, audience_ids or []))}}}" if vendor == "postgresql" else json.dumps(audience_ids or [])
    )
    visible, values = (_GUEST[vendor], [said]) if audience_ids is not None else ("1 = 1", [])
    at_site, site_values = ("p.site = %s", [site]) if site else ("1 = 1", [])
    text = "text" if vendor == "postgresql" else "TEXT"
    if audience_ids is None:
        counting = (_AT_SITE if site else _EVERYBODY).format(text=text)
    else:
        counting = _SOME.format(visible=visible, site=at_site, text=text)
    rows_of = _ROWS.format(join=_JOIN[vendor], here=_HERE, narrow=f"{visible} AND {at_site}")
    with connection.cursor() as cursor:
        cursor.execute(rows_of, [*values, *site_values])
        people = cursor.fetchall()
        cursor.execute(counting, [*values, *site_values])
        counted = cursor.fetchall()
    facets: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for sign, value, count in counted:
        facets[sign.lstrip("-")][value] += -count if sign[0] == "-" else count
    parts = [_HEAD]
    for name, held in facets.items():
        parts.append(f"<fieldset><legend>{name}</legend><ul>")
        for value, count in sorted(held.items(), key=lambda one: (-one[1], one[0]))[:8]:
            parts.append(
                f'<li><label><input type="checkbox" name="{name}" value="{escape(value)}">{count}</label></li>'
            )
        parts.append("</ul></fieldset>")
    for pk, name, title, unit, where, photo, state, word, skills in people[:24]:
        parts += (
            f'<li id="p-{pk}">{_ICON}<a class="name" href="/personnes/{pk}/"><b>{escape(name)}</b></a>{photo or ""}',
            f"<span>{escape(title)}</span><span>{escape(unit)}, {escape(where)}</span><p>{escape(skills or '')}</p>",
            f"<i>{state or ''} {escape(word or '')}</i></li>",
        )
    parts.append("</main><footer><ul>")
    body = "".join(parts)
    notes = 1 + max(0, least_bytes - len(body)) // len(_NOTE)  # a character is a byte at least
    return (body + _NOTE * notes + _FOOT).encode()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """WSGI: the arguments of `page` as JSON in the query, in hexadecimal."""
    body = page(**json.loads(bytes.fromhex(environ["QUERY_STRING"])))
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
