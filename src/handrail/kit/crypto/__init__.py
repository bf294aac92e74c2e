"""Sealing what only named people may read: a key for each person, so that destroying it makes every copy unreadable."""

from handrail.kit.crypto.copies import KEPT_FOR, DamagedKeys, OldKeys, PutBack, backup_keys, backups_made, restore_keys
from handrail.kit.crypto.keys import KeyDestroyed, Rewrapped, Unreadable, destroy_key, destroyed, foreign_keys, older_keys, persons_with_keys, persons_without, rewrap_keys
from handrail.kit.crypto.sealing import opened, sealed

__all__ = [
    "KEPT_FOR", "DamagedKeys", "KeyDestroyed", "OldKeys", "PutBack", "Rewrapped", "Unreadable", "backup_keys", "backups_made", "destroy_key", "destroyed",
    "foreign_keys", "older_keys", "opened", "persons_with_keys", "persons_without", "restore_keys", "rewrap_keys", "sealed",
]  # fmt: skip
