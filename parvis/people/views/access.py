"""For administrators: letting one person in, suspending, readmitting, closing sessions. Also for who is not in yet."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from parvis.kernel.french import of_name
from parvis.kernel.web import tell
from parvis.people import actions, queries, rules
from parvis.people.models import Person
from parvis.people.sheets import sheets_for


def _administrator(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    if not request.user.is_administrator:
        raise PermissionDenied
    return request.user


def _both(request: HttpRequest, person_id: int) -> tuple[Person, Person]:
    """(administrator, the other). Who administers sees the whole directory; others learn nothing of who is in it."""
    return _administrator(request), get_object_or_404(Person, pk=person_id)


@require_GET
@never_cache
def directory(request: HttpRequest) -> HttpResponse:
    """Everybody of the directory, to find who waits for a code or has lost a password."""
    _administrator(request)
    words, is_waiting = request.GET.get("q", "")[:120], request.GET.get("attente") == "1"
    after = request.GET.get("apres", "")
    after_id = int(after) if after.isdecimal() and len(after) < 19 else None
    page = queries.directory(words=words, is_waiting=is_waiting, after_id=after_id)
    following = ""
    if page.next_id:
        following = urlencode({"q": words, "attente": "1" if is_waiting else "", "apres": str(page.next_id)})
    context = {"page": page, "words": words, "is_waiting": is_waiting, "following": following}
    return render(request, "people/directory.html", context)


@require_POST
@never_cache
def let_many_in(request: HttpRequest) -> HttpResponse:
    """Those of one site (or all) who have not come in: `way=mail` writes to those who have a mailbox, `way=paper`
    prints a sheet for each of the others."""
    by = _administrator(request)
    people = queries.without_password(request.POST.get("site", ""))
    if request.POST.get("way") == "mail":
        with_mail = [person for person in people if person.mail]
        for person in with_mail:
            actions.invite_by_mail(person=person, by=by)
        told = ngettext("%(count)d lettre part.", "%(count)d lettres partent.", len(with_mail))
        tell(request, told % {"count": len(with_mail)})
        return redirect("people:directory_of_access")
    made = [(person, actions.make_paper_code(person=person, by=by)) for person in people if not person.mail]
    return render(
        request, "people/paper_sheet.html", {"sheets": sheets_for(made), "back": reverse("people:directory_of_access")}
    )


@require_GET
@never_cache
def access(request: HttpRequest, person_id: int) -> HttpResponse:
    by, person = _both(request, person_id)
    context = {
        "person": person,
        "passes": queries.usable_passes(person),
        "may_suspend": rules.may_suspend(by, person),
    }
    return render(request, "people/access.html", context)


@require_POST
@never_cache
def make_paper_code(request: HttpRequest, person_id: int) -> HttpResponse:
    """Shown once, on a sheet to print; asking again makes another and withdraws this one."""
    by, person = _both(request, person_id)
    code = actions.make_paper_code(person=person, by=by)
    back = reverse("people:access", args=[person_id])
    return render(request, "people/paper_sheet.html", {"sheets": sheets_for([(person, code)]), "back": back})


@require_POST
def invite(request: HttpRequest, person_id: int) -> HttpResponse:
    by, person = _both(request, person_id)
    try:
        actions.invite_by_mail(person=person, by=by)
    except ValidationError as refusal:
        tell(request, " ".join(refusal.messages))
    else:
        tell(request, _("La lettre part à %(mail)s.") % {"mail": person.mail})
    return redirect("people:access", person_id)


@require_POST
def set_suspended(request: HttpRequest, person_id: int) -> HttpResponse:
    """`on=1` suspends, `on=0` readmits."""
    by, person = _both(request, person_id)
    if request.POST.get("on") == "1":
        actions.suspend(person=person, by=by)
        said = _("L’accès %(of_name)s est suspendu, partout et tout de suite.")
        tell(request, said % {"of_name": of_name(person.name)})
    else:
        actions.readmit(person=person, by=by)
        tell(request, _("%(name)s peut de nouveau entrer.") % {"name": person.name})
    return redirect("people:access", person_id)


@require_POST
def close_sessions(request: HttpRequest, person_id: int) -> HttpResponse:
    _by, person = _both(request, person_id)
    actions.sign_out_everywhere(person=person)
    tell(request, _("Les sessions %(of_name)s sont fermées.") % {"of_name": of_name(person.name)})
    return redirect("people:access", person_id)


@require_POST
def withdraw(request: HttpRequest, person_id: int) -> HttpResponse:
    by, person = _both(request, person_id)
    actions.withdraw_ways_in(person=person, by=by)
    tell(request, _("Les codes et les invitations en attente n’ouvrent plus rien."))
    return redirect("people:access", person_id)
