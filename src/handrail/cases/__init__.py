"""People met as individuals on the way into work: strengths, wishes and needs first; what is sensitive apart and sealed."""
