"""Tables in the formats of other tools; each writer reads a published release and adds nothing to it."""
