"""Django, synchronous: behind `parvis serve`'s port, or granian or gunicorn behind a proxy."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
