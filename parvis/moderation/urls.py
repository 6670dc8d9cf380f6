from django.urls import path

from parvis.moderation import views

app_name = "moderation"
urlpatterns = [
    path("c/<int:contribution_id>/signaler/", views.report, name="report"),
    path("c/<int:contribution_id>/decider/", views.decide, name="decide"),
    path("communautes/<slug:slug>/signalements/", views.queue, name="queue"),
    path("entreprise/signalements/", views.company_queue, name="company_queue"),
    path("moi/signalements/", views.mine, name="mine"),
    path("moi/retraits/<int:removal_id>/lu/", views.acknowledge, name="acknowledge"),
]
