"""Screens of mentors and lifelines; each module is reached from urls alone."""
