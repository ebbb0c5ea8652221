"""People: names, posts, affiliations and roles, read from lines and from sentences, then merged per document."""
