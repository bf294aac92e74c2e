"""Settings of the product with one difference: a password costs nothing to check. What signing in costs but for the hash is measured so,
instead of as a small difference of two large numbers."""

from handrail.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["unhashed_password.Unhashed"]
