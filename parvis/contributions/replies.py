"""« On y répond en 3 h, d’habitude »: how soon somebody else usually takes up what was published in a place."""

from datetime import timedelta
from statistics import median

from django.utils import timezone

from parvis.contributions.models import Contribution
from parvis.kernel.database.reading import rows, time_parameter, time_read

MEASURED_OVER = timedelta(days=90)
# With fewer answers nothing is said: it would be about somebody.
FEWEST = 5
# The newest of a place: more would not move the middle.
_MOST = 500

# By contribution_feed, then contribution_thread: the first comment by somebody else that is still there.
_FIRST_REPLIES = f"""
SELECT CAST(c.published_at AS TEXT), CAST(r.published_at AS TEXT)
FROM (SELECT id, author_id, published_at FROM contributions_contribution
  WHERE audience_id = %s AND family = 1 AND deleted_at IS NULL AND published_at > %s
  AND origin <> {Contribution.Origin.IMPORT.value} ORDER BY published_at DESC, id DESC LIMIT {_MOST}) c
JOIN contributions_contribution r ON r.id = (SELECT id FROM contributions_contribution
  WHERE root_id = c.id AND author_id <> c.author_id AND deleted_at IS NULL ORDER BY id LIMIT 1)
"""  # noqa: S608


def usual_reply_minutes(audience_id: int) -> int | None:
    """The median delay of the first answer by somebody else, over the publications of 90 days that had one; None for
    fewer than five of them. One query."""
    since = time_parameter(timezone.now() - MEASURED_OVER)
    found = [
        max(0.0, (time_read(replied) - time_read(published)).total_seconds())
        for published, replied in rows(_FIRST_REPLIES, [audience_id, since])
    ]
    return round(median(found) / 60) if len(found) >= FEWEST else None
