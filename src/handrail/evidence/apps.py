from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "handrail.evidence"
    label = "evidence"

    def ready(self) -> None:
        for room in ("listeners", "slots", "tasks"):
            if find_spec(f"{self.name}.{room}"):
                import_module(f"{self.name}.{room}")
