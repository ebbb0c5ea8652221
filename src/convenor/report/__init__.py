"""`convenor report`: one page with figures of the tables, that works from a file and needs no network."""
