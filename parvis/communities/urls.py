"""Addresses of communities. The wall of each, `/communautes/<slug>/`, is `wall:community`."""

from django.urls import path

from parvis.communities.views import ambassadors, animating, entering, founding, guests, pages, project, unanimated

app_name = "communities"
urlpatterns = [
    path("administration/communautes/", unanimated.unanimated, name="unanimated"),
    path("administration/communautes/<slug:slug>/proposer/", unanimated.offer, name="offer"),
    path("communautes/", pages.index, name="index"),
    path("communautes/fonder/", founding.found, name="found"),
    path("communautes/retraits/<int:removal_id>/lu/", entering.read_removal, name="read_removal"),
    path("communautes/<slug:slug>/a-propos/", pages.about, name="about"),
    path("communautes/<slug:slug>/membres/", pages.members, name="members"),
    path("communautes/<slug:slug>/membres/<int:person_id>/retirer/", animating.let_go, name="let_go"),
    path("communautes/<slug:slug>/rejoindre/", entering.join, name="join"),
    path("communautes/<slug:slug>/decliner/", entering.decline, name="decline"),
    path("communautes/<slug:slug>/quitter/", entering.leave, name="leave"),
    path("communautes/<slug:slug>/suivre/", entering.follow, name="follow"),
    path("communautes/<slug:slug>/epingler/", entering.pin, name="pin"),
    path("communautes/<slug:slug>/demander/", entering.ask, name="ask"),
    path("communautes/<slug:slug>/demander/retirer/", entering.withdraw, name="withdraw"),
    path("communautes/<slug:slug>/demandes/<int:request_id>/", animating.decide, name="decide"),
    path("communautes/<slug:slug>/inviter/", entering.invite, name="invite"),
    path("communautes/<slug:slug>/inviter/exterieur/", guests.bring_guest, name="bring_guest"),
    path("communautes/<slug:slug>/inviter/<int:person_id>/", guests.invite_guest, name="invite_guest"),
    path(
        "communautes/<slug:slug>/invitations/<int:invitation_id>/retirer/",
        guests.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("communautes/<slug:slug>/membres/<int:person_id>/sejour/", guests.stay, name="stay"),
    path("communautes/<slug:slug>/membres/<int:person_id>/ambassade/", ambassadors.embassy, name="embassy"),
    path("communautes/<slug:slug>/ambassade/", ambassadors.answer_embassy, name="answer_embassy"),
    path("communautes/<slug:slug>/ambassade/quitter/", ambassadors.leave_embassy, name="leave_embassy"),
    path("communautes/<slug:slug>/animer/", animating.animate, name="animate"),
    path("communautes/<slug:slug>/ne-plus-animer/", animating.step_down, name="step_down"),
    path("communautes/<slug:slug>/reprendre/", animating.take_up, name="take_up"),
    path("communautes/<slug:slug>/reglages/", animating.settings, name="settings"),
    path("communautes/<slug:slug>/ou-en-est-on/", project.project, name="project"),
    path("communautes/<slug:slug>/ou-en-est-on/dire/", project.say, name="say_project"),
    path("communautes/<slug:slug>/ou-en-est-on/decisions/", project.note_decision, name="note_decision"),
    path(
        "communautes/<slug:slug>/ou-en-est-on/decisions/<int:decision_id>/retirer/",
        project.take_back_decision,
        name="take_back_decision",
    ),
    path("communautes/<slug:slug>/groupes/<int:gate_id>/delier/", animating.unlink_group, name="unlink_group"),
]
