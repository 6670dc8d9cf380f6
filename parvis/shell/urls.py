"""The pages that belong to nobody in particular: finding, help, and what must be said to everybody."""

from django.urls import path

from parvis.shell import views

app_name = "shell"
urlpatterns = [
    path("chercher/", views.find, name="find"),
    path("aide/", views.help_page, name="help"),
    path("langue/", views.set_language, name="language"),
    path("hors-ligne/", views.offline, name="offline"),
    path("mentions-legales/", views.legal_notice, name="legal_notice"),
    path("donnees-personnelles/", views.personal_data, name="personal_data"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("ce-que-l-entreprise-voit/", views.company_view, name="company_view"),
]
