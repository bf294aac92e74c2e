"""Screens of the library and the toolbox."""
