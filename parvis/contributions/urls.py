from django.urls import path, register_converter

from parvis.contributions.converters import ReactionKindConverter
from parvis.contributions.views import merging, reach
from parvis.contributions.views import publications as views

register_converter(ReactionKindConverter, "reaction_kind")

app_name = "contributions"
urlpatterns = [
    path("c/<int:contribution_id>/", views.contribution, name="contribution"),
    path("c/<int:contribution_id>/carte/", views.card, name="card"),
    path("c/<int:contribution_id>/ligne/", views.talk, name="talk"),
    path("c/<int:contribution_id>/actions/", views.menu, name="menu"),
    path("c/<int:contribution_id>/commentaires/", views.comments, name="comments"),
    path("c/<int:contribution_id>/reactions/", views.reactions, name="reactions"),
    path("c/<int:contribution_id>/reactions/<reaction_kind:kind>/", views.set_reaction, name="set_reaction"),
    path("c/<int:contribution_id>/modifier/", views.edit, name="edit"),
    path("c/<int:contribution_id>/historique/", views.history, name="history"),
    path("c/<int:contribution_id>/supprimer/", views.delete, name="delete"),
    path("c/<int:contribution_id>/retablir/", views.restore, name="restore"),
    path("communautes/<slug:slug>/reunir/", merging.merge, name="merge"),
    path("communautes/<slug:slug>/reunir/retirer/", merging.withdraw_offer, name="withdraw_merge_offer"),
    path("communautes/<slug:slug>/reunir/defaire/", merging.undo, name="undo_merge"),
    path("communautes/<slug:slug>/reunir/<int:offer_id>/", merging.answer_offer, name="answer_merge_offer"),
    path("moi/deplacements/", merging.moves, name="moves"),
    path("sujets/<str:key>/", views.topic, name="topic"),
    path("sujets/<str:key>/suivre/", views.follow_topic, name="follow_topic"),
    path("sujets/<str:key>/nouveautes/", views.topic_news, name="topic_news"),
    path("personnes/<int:person_id>/publications/", views.of_person, name="of_person"),
    path("vu/", reach.seen, name="seen"),
    path("suggestions/personnes/", views.suggest_people, name="suggest_people"),
    path("suggestions/sujets/", views.suggest_topics, name="suggest_topics"),
]
