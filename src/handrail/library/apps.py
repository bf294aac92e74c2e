from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "handrail.library"
    label = "library"

    def ready(self) -> None:
        for room in ("listeners", "slots", "tasks"):
            if find_spec(f"{self.name}.{room}"):
                import_module(f"{self.name}.{room}")
