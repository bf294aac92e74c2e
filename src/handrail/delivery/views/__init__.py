"""Screens of sessions, seats, minutes and groups; each module is reached from urls alone."""
