"""The administration pages, for administrators alone, and the three addresses that machines ask."""

import functools
import hmac
import os
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from parvis.kernel import metrics as figures
from parvis.kernel.jobs.actions import run_again
from parvis.kernel.jobs.models import Job
from parvis.kernel.limits import client_address
from parvis.kernel.pagination import Cursor
from parvis.kernel.serve.starting import is_behind
from parvis.kernel.web import tell
from parvis.operate import queries
from parvis.operate.inspection import LEAST_ROOM, findings, free_room
from parvis.operate.numbers import one_decimal
from parvis.people.models import Person

View = Callable[..., HttpResponse]
_LOOPBACK = {"127.0.0.1", "::1"}


def for_administrators(view: View) -> View:
    """For the others these pages do not exist."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not (isinstance(request.user, Person) and request.user.is_administrator):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@for_administrators
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    backup = queries.last_backup()
    size = one_decimal(backup.size / 1024**2) if backup else ""
    context = {"findings": findings(), "lanes": queries.lanes(), "backup": backup, "megabytes": size}
    return render(request, "operate/index.html", context)


@for_administrators
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    page = queries.dead_letters(after=Cursor.read(request.GET.get("apres")))
    return render(request, "operate/jobs.html", {"lanes": queries.lanes(), "page": page})


@for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    """A dead letter and its error; `state=ready` runs it again."""
    letter = get_object_or_404(Job.objects.defer("arguments"), pk=job_id)
    if request.method == "POST":
        if request.POST.get("state") == Job.State.READY and run_again(letter.pk):
            tell(request, _("Ce travail reprend."))
        return redirect("operate:jobs")
    return render(request, "operate/job.html", {"job": letter})


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether requests can be served: 503 with what is missing when they cannot."""
    looks = {
        "database": _database_answers,
        "migrations": _is_up_to_date,
        "storage": lambda: os.access(settings.PARVIS_DATA, os.W_OK | os.X_OK),
        "room": lambda: free_room() > LEAST_ROOM,
    }
    said = {name: _holds(look) for name, look in looks.items()}
    is_ready = all(said.values())
    return JsonResponse({"ready": is_ready, **said}, status=200 if is_ready else 503)


@login_not_required
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus on this machine, or elsewhere with the token; for everybody else there is nothing here."""
    if not (_is_from_here(request) or _has_the_token(request)):
        raise Http404
    return HttpResponse(figures.as_text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _is_from_here(request: HttpRequest) -> bool:
    """From this machine to this machine: what a proxy passes on names another host, or whom it came from."""
    try:
        host = request.get_host().rsplit(":", 1)[0].strip("[]")
    except DisallowedHost:
        return False
    return client_address(request) in _LOOPBACK and host in {*_LOOPBACK, "localhost"}


def _has_the_token(request: HttpRequest) -> bool:
    token = settings.PARVIS_METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def _holds(look: Callable[[], bool]) -> bool:
    try:
        return look()
    except (Error, OSError):
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


_up_to_date: list[bool] = []


def _is_up_to_date() -> bool:
    """Looked at until it is so: from then on this process serves a database that knows its tables."""
    if not _up_to_date and not is_behind():
        _up_to_date.append(True)
    return bool(_up_to_date)
