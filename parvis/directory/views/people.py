"""The directory: whom one may see, by name, narrowed as one ticks and types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from parvis.communities.cursors import NameCursor
from parvis.directory.queries.people import people_page
from parvis.directory.queries.sought import FACETS, LONGEST, Facet, Sought
from parvis.people.signed_in import SignedIn


@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The whole page, or its two changing parts; the address bar then says what they were narrowed to."""
    said = dict(request.GET.lists())
    sought = Sought.read(said)
    typed: dict[Facet, str] = {
        facet: request.GET[f"dans-{name}"].replace("\0", "")[:LONGEST].strip()
        for name, facet in FACETS.items()
        if f"dans-{name}" in request.GET
    }
    after = NameCursor.read(request.GET.get("apres"))
    page = people_page(reader=request.user, sought=sought, after=after, typed=typed)
    is_fragment = request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
    context = {"page": page, "sought": sought, "typed": typed, "is_later": after is not None}
    if is_fragment and request.headers.get("HX-Target", "").startswith("facet-"):
        return render(request, "directory/_facets.html", context)
    answer = render(request, "directory/_found.html" if is_fragment else "directory/index.html", context)
    if is_fragment:
        # A tick can be gone back to; letters replace each other.
        by_letters = request.headers.get("HX-Trigger-Name", "") == "q"
        address = f"{request.path}?{sought.query}" if sought.query else request.path
        answer["HX-Replace-Url" if by_letters else "HX-Push-Url"] = address
    answer["Vary"] = "HX-Request"
    return answer
