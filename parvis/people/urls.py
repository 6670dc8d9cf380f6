"""The door keeps allauth's names; everything else is `people:`."""

from django.urls import include, path

from parvis.people.views import access, charter, door, fields, me, person, presence, profile, ties

people = [
    path("entrer/<str:token>/", door.enter, name="enter"),
    path("invitation/", door.invitation, name="invitation"),
    path("code/", door.paper_code, name="paper_code"),
    path("code/mot-de-passe/", door.choose_password, name="choose_password"),
    path("mot-de-passe/oublie/", door.forgotten, name="forgotten"),
    path("mot-de-passe/envoye/", door.forgotten_sent, name="forgotten_sent"),
    path("charte/", charter.charter, name="charter"),
    path("charte/accepter/", charter.agree, name="agree"),
    path("moi/", me.me, name="me"),
    path("moi/reglages/", me.settings, name="settings"),
    path("moi/profil/", profile.profile, name="profile"),
    path("moi/profil/plus-tard/", profile.put_suggestion_away, name="put_suggestion_away"),
    path("moi/photo/", me.change_photo, name="change_photo"),
    path("moi/photo/retirer/", me.remove_photo, name="remove_photo"),
    path("moi/mot-de-passe/", me.change_password, name="change_password"),
    path("moi/presence/", presence.presence, name="presence"),
    path("moi/presence/taire/", presence.say_nothing, name="say_nothing"),
    path("moi/presence/redire/", presence.say_again, name="say_again"),
    path("moi/sessions/", me.sessions, name="sessions"),
    path("moi/sessions/autres/fermer/", me.end_other_sessions, name="end_other_sessions"),
    path("moi/sessions/<int:session_id>/fermer/", me.end_session, name="end_session"),
    path("personnes/<int:person_id>/photo/<int:side>/", person.photo, name="photo"),
    path("personnes/<int:person_id>/lien/", ties.ties, name="ties"),
    path("personnes/<int:person_id>/suivre/", ties.follow, name="follow"),
    path("personnes/<int:person_id>/ne-plus-lire/", ties.mute, name="mute"),
    path("personnes/<int:person_id>/bloquer/", ties.block, name="block"),
    path("administration/profils/", fields.fields, name="fields"),
    path("administration/profils/ajouter/", fields.add_field, name="add_field"),
    path("administration/profils/<int:field_id>/", fields.field, name="field"),
    path("administration/profils/<int:field_id>/place/", fields.move_field, name="move_field"),
    path("administration/profils/<int:field_id>/retirer/", fields.set_field_retired, name="set_field_retired"),
    path("personnes/acces/", access.directory, name="directory_of_access"),
    path("personnes/acces/faire-entrer/", access.let_many_in, name="let_many_in"),
    path("personnes/<int:person_id>/acces/", access.access, name="access"),
    path("personnes/<int:person_id>/acces/code/", access.make_paper_code, name="make_paper_code"),
    path("personnes/<int:person_id>/acces/invitation/", access.invite, name="invite"),
    path("personnes/<int:person_id>/acces/suspension/", access.set_suspended, name="set_suspended"),
    path("personnes/<int:person_id>/acces/sessions/", access.close_sessions, name="close_sessions"),
    path("personnes/<int:person_id>/acces/retirer/", access.withdraw, name="withdraw_ways_in"),
]

urlpatterns = [
    path("connexion/", door.sign_in, name="account_login"),
    path("deconnexion/", door.sign_out, name="account_logout"),
    path("", include((people, "people"))),
]
