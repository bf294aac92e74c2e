"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
gc.disable()  # what is loaded at the start stays: looking through it for rubbish again and again takes a tenth of the start
application = get_wsgi_application()
gc.enable()
gc.freeze()
