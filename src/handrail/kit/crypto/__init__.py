"""Sealing what only named people may read: a key for each person, so that destroying it makes every copy unreadable."""

from handrail.kit.crypto.keys import KeyDestroyed, destroy_key, destroyed, rewrap_keys
from handrail.kit.crypto.sealing import Unreadable, opened, sealed

__all__ = ["KeyDestroyed", "Unreadable", "destroy_key", "destroyed", "opened", "rewrap_keys", "sealed"]
