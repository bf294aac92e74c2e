from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "handrail.kit"
    label = "kit"

    def ready(self) -> None:
        from handrail.kit import checks, shared  # noqa: F401  (they register a check and what is done once a day)
