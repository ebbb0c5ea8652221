"""Word lists by which spellings of one name are told from names of others; a researcher may edit them."""
