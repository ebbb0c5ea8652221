"""Finding named agreements, strategies, programmes, operations and exercises in one text."""
