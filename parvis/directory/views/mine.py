"""HTTP of « Mes contributions »: how far each went, and those one shows on one's profile."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.contributions.models import Contribution
from parvis.directory import actions
from parvis.directory.queries import mine
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Cursor
from parvis.kernel.text import id_in
from parvis.kernel.web import tell
from parvis.people.signed_in import SignedIn

# Of one's own page, where the last ones are shown.
ON_THE_PROFILE = 3


@require_safe
def contributions(request: SignedIn) -> HttpResponse:
    """A page of them; for the profile, the last three alone."""
    if request.headers.get("HX-Request") == "true" and "dernieres" in request.GET:
        page = mine.mine(request.user, mine.Asked(), limit=ON_THE_PROFILE)
        return render(request, "directory/_mine.html", {"rows": page.rows, "is_short": True})
    asked = mine.Asked(
        place=request.GET.get("lieu", ""), kind=request.GET.get("genre", ""), period=request.GET.get("quand", "")
    )
    said = request.GET.copy()
    said.pop("avant", None)
    context = {
        "page": mine.mine(request.user, asked, before=Cursor.read(request.GET.get("avant"))),
        "chosen": mine.chosen_by(request.user),
        "choices": mine.choices(request.user),
        "asked": asked,
        "said": said.urlencode(),
    }
    return render(request, "directory/contributions.html", context)


@require_POST
@limited("show", per_minute=60)
def show(request: SignedIn, contribution_id: int) -> HttpResponse:
    """Shown, or with `on=0` no longer. `place` says where, from 0 on; `instead` which one it replaces."""
    if request.POST.get("on") == "0":
        return _show_no_longer(request, contribution_id)
    own = Contribution.objects.visible_to(request.user.scope()).publications().filter(author=request.user)
    found = get_object_or_404(own, pk=contribution_id)
    instead = id_in(request.POST.get("instead", ""))
    # In the address when « Annuler » puts it back.
    place = id_in(request.POST.get("place") or request.GET.get("place", ""))
    try:
        actions.show(person=request.user, contribution=found, place=place, instead_of=instead)
    except actions.FiveAreShown:
        [line] = mine.lines([found], request.user)
        context = {"line": line, "chosen": mine.chosen_by(request.user)}
        return render(request, "directory/give_up.html", context, status=422)
    if place is None or "place" in request.GET:
        tell(request, _("Votre profil le montre à ceux qui peuvent le lire."))
    return redirect("directory:contributions")


def _show_no_longer(request: SignedIn, contribution_id: int) -> HttpResponse:
    place = actions.show_no_longer(person=request.user, contribution_id=contribution_id)
    if place is not None:
        undo = f"{reverse('directory:show', args=[contribution_id])}?place={place}"
        tell(request, _("Votre profil ne le montre plus."), undo=undo)
    return redirect("directory:contributions")
