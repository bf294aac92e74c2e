"""`python -m handrail …`: Django's commands with our settings."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    from handrail.config.styles import join_styles
    from handrail.config.words import compile_words

    compile_words()
    join_styles()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["./run manage", *sys.argv[1:]])


if __name__ == "__main__":
    main()
