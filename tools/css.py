import sys
sys.path.insert(0, "src")
from handrail.config.styles import join_styles
join_styles()
