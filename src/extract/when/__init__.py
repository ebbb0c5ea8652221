"""When: the grammar of dates, clock times and zones, and what documents mean by them.

Text goes through `tokens` → `date_grammar`/`clock_grammar` → `expressions` (what is written) → `resolve` (what is
meant: years, zones, afternoons) → `roles` (which part it plays) → `event_interval` (the event's own dates).
"""
