from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "handrail.kit"
    label = "kit"

    def ready(self) -> None:
        from handrail.kit import checks  # noqa: F401  (registers the check)
