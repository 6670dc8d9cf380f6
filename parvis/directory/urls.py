from django.urls import path

from parvis.directory.views import knowers, mine, organisation, people, profile, skills, subscriptions, tending

app_name = "directory"
urlpatterns = [
    path("annuaire/", people.index, name="index"),
    path("organigramme/", organisation.chart, name="chart"),
    path("organigramme/<int:person_id>/", organisation.chart_of, name="chart_of"),
    path("organigramme/<int:person_id>/equipe/", organisation.team, name="team"),
    path("moi/contributions/", mine.contributions, name="contributions"),
    path("moi/contributions/<int:contribution_id>/montrer/", mine.show, name="show"),
    path("moi/abonnements/", subscriptions.subscriptions, name="subscriptions"),
    path("personnes/<int:person_id>/", profile.person, name="person"),
    path("moi/profil/vu-par/<slug:who>/", profile.seen_by, name="seen_by"),
    path("qui-sait/", knowers.index, name="who_knows"),
    path("communautes/<slug:slug>/qui-sait/", knowers.here, name="who_knows_here"),
    path("moi/savoir-faire/", skills.my_skills, name="my_skills"),
    path("moi/savoir-faire/ajouter/", skills.state, name="state_skill"),
    path("moi/savoir-faire/propositions/", skills.suggest, name="suggest_skills"),
    path("moi/savoir-faire/etre-propose/", skills.be_sought, name="be_sought"),
    path("moi/savoir-faire/<int:held_id>/mot/", skills.reword, name="reword_skill"),
    path("moi/savoir-faire/<int:held_id>/place/", skills.move, name="move_skill"),
    path("moi/savoir-faire/<int:held_id>/retirer/", skills.remove, name="remove_skill"),
    path("moi/savoir-faire/<int:skill_id>/remettre/", skills.put_back, name="put_back_skill"),
    path("moi/savoir-faire/<int:held_id>/montrer/", skills.evidence, name="skill_evidence"),
    path("personnes/<int:person_id>/savoir-faire/<int:held_id>/", skills.confirm, name="confirm_skill"),
    path("savoir-faire/", tending.index, name="skills"),
    path("savoir-faire/<int:skill_id>/reunir/", tending.merge, name="merge_skill"),
    path("savoir-faire/<int:skill_id>/separer/", tending.unmerge, name="unmerge_skill"),
    path("savoir-faire/<int:skill_id>/nommer/", tending.name, name="name_skill"),
]
