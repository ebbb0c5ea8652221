"""Finding the organisations of one text: candidates from lists, word patterns and slots, then one key for each body."""
