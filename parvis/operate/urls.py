from django.urls import path

from parvis.operate import views

app_name = "operate"
urlpatterns = [
    path("administration/", views.index, name="index"),
    path("administration/travaux/", views.jobs, name="jobs"),
    path("administration/travaux/<int:job_id>/", views.job, name="job"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
]
