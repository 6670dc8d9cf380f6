"""The life of a community: the pulse, its rest, its waking."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from parvis.communities import actions
from parvis.communities.forms import PulseForm, add_errors, sentences
from parvis.communities.views.loading import header_for_animators, reader_of
from parvis.kernel.web import tell


@require_http_methods(["GET", "POST"])
def pulse(request: HttpRequest, slug: str) -> HttpResponse:
    """Does it go on? The two other answers have pages of their own."""
    head = header_for_animators(request, slug)
    asked = head.life.pulse
    if asked is None:
        # Answered by somebody else, or a second click.
        return redirect(head.community)
    form = PulseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.go_on(by=reader_of(request), community=head.community, pulse=asked, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            tell(request, _("Elle continue. Merci d’avoir pris le temps d’y penser."))
            return redirect(head.community)
    context = {"header": head, "here": "pulse", "form": form, "pulse": asked}
    return render(request, "communities/pulse.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """A page says what it means; « Annuler » wakes it at once."""
    head = header_for_animators(request, slug)
    if head.standing.is_archived:
        return redirect(head.community)
    error = ""
    if request.method == "POST":
        try:
            actions.archive(by=reader_of(request), community=head.community)
        except ValidationError as refused:
            error = sentences(refused)
        else:
            undo = reverse("communities:unarchive", args=[slug])
            tell(request, _("« %(name)s » est archivée.") % {"name": head.community.name}, undo=undo)
            return redirect(head.community)
    context = {"header": head, "here": "archive", "error": error}
    return render(request, "communities/archive.html", context, status=422 if error else 200)


@require_POST
def unarchive(request: HttpRequest, slug: str) -> HttpResponse:
    head = header_for_animators(request, slug)
    try:
        community = actions.unarchive(by=reader_of(request), community=head.community)
    except ValidationError as refused:
        raise PermissionDenied(sentences(refused)) from refused
    tell(request, _("« %(name)s » vit de nouveau.") % {"name": community.name})
    return redirect(community)
