"""Doors of the demonstration: config/urls.py adds them where PARVIS_DEMO is set, and each asks again."""

from django.urls import path

from parvis.demo import views

app_name = "demo"
urlpatterns = [path("demo/entrer/<str:identifier>/", views.enter, name="enter")]
