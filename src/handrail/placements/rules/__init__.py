"""What is true about places and placements: plain Python, no Django, no database."""
